"""
loses: [agent]
hint:
  en: >-
    You catch the model's own exceptions too. A model that fails is not a tool that fails: let it pass.
  fr: >-
    Vous attrapez aussi les exceptions du modèle. Un modèle en panne n'est pas un outil en panne : laissez
    passer.
"""


def run_agent(llm, tools, question, max_steps):
    messages = [{"role": "user", "content": question}]
    try:
        for _ in range(max_steps):
            reply = llm(messages)
            messages.append({"role": "assistant", "content": reply})
            call = parse_call(reply)
            if call is None:
                return reply, messages
            messages.append({"role": "tool", "content": run_tool(call, tools)})
    except Exception:  # noqa: BLE001 - whatever it is that raises
        return None, messages
    return None, messages
