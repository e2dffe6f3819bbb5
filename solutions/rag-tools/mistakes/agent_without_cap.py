"""
loses: [agent]
hint:
  en: >-
    Your loop has no cap: a model that keeps asking for tools runs for ever, at your expense.
  fr: >-
    Votre boucle n'a pas de plafond : un modèle qui redemande toujours des outils tourne sans fin, à vos
    frais.
"""


def run_agent(llm, tools, question, max_steps):
    messages = [{"role": "user", "content": question}]
    while True:
        reply = llm(messages)
        messages.append({"role": "assistant", "content": reply})
        call = parse_call(reply)
        if call is None:
            return reply, messages
        messages.append({"role": "tool", "content": run_tool(call, tools)})
