"""
loses: [agent]
hint:
  en: >-
    The tools run, and the model never reads what came of it: the observation is not among the messages.
  fr: >-
    Les outils s'exécutent, et le modèle ne lit jamais ce qu'il en est sorti : l'observation ne figure pas
    parmi les messages.
"""


def run_agent(llm, tools, question, max_steps):
    messages = [{"role": "user", "content": question}]
    for _ in range(max_steps):
        reply = llm(messages)
        messages.append({"role": "assistant", "content": reply})
        call = parse_call(reply)
        if call is None:
            return reply, messages
        run_tool(call, tools)
    return None, messages
