"""
loses: [agent]
hint:
  en: >-
    You give the model the last message only: it has forgotten the question.
  fr: >-
    Vous ne donnez au modèle que le dernier message : il a oublié la question.
"""


def run_agent(llm, tools, question, max_steps):
    messages = [{"role": "user", "content": question}]
    for _ in range(max_steps):
        reply = llm(messages[-1:])
        messages.append({"role": "assistant", "content": reply})
        call = parse_call(reply)
        if call is None:
            return reply, messages
        messages.append({"role": "tool", "content": run_tool(call, tools)})
    return None, messages
