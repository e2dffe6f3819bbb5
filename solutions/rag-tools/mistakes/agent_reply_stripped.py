"""
loses: [agent]
hint:
  en: >-
    You strip the model's replies. They stay whole and unchanged.
  fr: >-
    Vous rognez les réponses du modèle. Elles restent entières et inchangées.
"""


def run_agent(llm, tools, question, max_steps):
    messages = [{"role": "user", "content": question}]
    for _ in range(max_steps):
        reply = llm(messages).strip()
        messages.append({"role": "assistant", "content": reply})
        call = parse_call(reply)
        if call is None:
            return reply, messages
        messages.append({"role": "tool", "content": run_tool(call, tools)})
    return None, messages
