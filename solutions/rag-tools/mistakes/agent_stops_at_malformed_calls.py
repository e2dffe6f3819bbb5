"""
loses: [agent]
hint:
  en: >-
    You take a malformed call for an answer. It is a step like any other: the model reads the error.
  fr: >-
    Vous prenez un appel mal formé pour une réponse finale. C'est un pas comme un autre : le modèle lit
    l'erreur.
"""


def run_agent(llm, tools, question, max_steps):
    messages = [{"role": "user", "content": question}]
    for _ in range(max_steps):
        reply = llm(messages)
        messages.append({"role": "assistant", "content": reply})
        call = parse_call(reply)
        if call is None or "error" in call:
            return reply, messages
        messages.append({"role": "tool", "content": run_tool(call, tools)})
    return None, messages
