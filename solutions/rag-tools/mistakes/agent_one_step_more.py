"""
loses: [agent]
hint:
  en: >-
    You allow one call of the model too many.
  fr: >-
    Vous permettez au modèle un appel de trop.
"""


def run_agent(llm, tools, question, max_steps):
    messages = [{"role": "user", "content": question}]
    for _ in range(max_steps + 1):
        reply = llm(messages)
        messages.append({"role": "assistant", "content": reply})
        call = parse_call(reply)
        if call is None:
            return reply, messages
        messages.append({"role": "tool", "content": run_tool(call, tools)})
    return None, messages
