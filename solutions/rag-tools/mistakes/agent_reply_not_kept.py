"""
loses: [agent]
hint:
  en: >-
    The model's calls are missing from the messages: it sees results without knowing what it asked.
  fr: >-
    Les appels du modèle manquent parmi les messages : il voit des résultats sans savoir ce qu'il a demandé.
"""


def run_agent(llm, tools, question, max_steps):
    messages = [{"role": "user", "content": question}]
    for _ in range(max_steps):
        reply = llm(messages)
        call = parse_call(reply)
        if call is None:
            messages.append({"role": "assistant", "content": reply})
            return reply, messages
        messages.append({"role": "tool", "content": run_tool(call, tools)})
    return None, messages
