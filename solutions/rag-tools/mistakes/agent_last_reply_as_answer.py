"""
loses: [agent]
hint:
  en: >-
    When the steps run out you pass the last reply off as the answer. There is none: None.
  fr: >-
    Quand les pas sont épuisés, vous faites passer la dernière réplique pour la réponse finale. Il n'y en a
    pas : None.
"""


def run_agent(llm, tools, question, max_steps):
    messages = [{"role": "user", "content": question}]
    reply = None
    for _ in range(max_steps):
        reply = llm(messages)
        messages.append({"role": "assistant", "content": reply})
        call = parse_call(reply)
        if call is None:
            return reply, messages
        messages.append({"role": "tool", "content": run_tool(call, tools)})
    return reply, messages
