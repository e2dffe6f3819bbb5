"""
loses: [agent]
hint:
  en: >-
    The answer itself is missing from the messages that you return.
  fr: >-
    La réponse finale elle-même manque parmi les messages que vous renvoyez.
"""


def run_agent(llm, tools, question, max_steps):
    messages = [{"role": "user", "content": question}]
    for _ in range(max_steps):
        reply = llm(messages)
        call = parse_call(reply)
        if call is None:
            return reply, messages
        messages.append({"role": "assistant", "content": reply})
        messages.append({"role": "tool", "content": run_tool(call, tools)})
    return None, messages
