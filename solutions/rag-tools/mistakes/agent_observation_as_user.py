"""
loses: [agent]
hint:
  en: >-
    What tools say has the role user with you, as if a person had said it. Its role is tool.
  fr: >-
    Ce que disent les outils porte chez vous le rôle user, comme si une personne l'avait dit. Leur rôle est
    tool.
"""


def run_agent(llm, tools, question, max_steps):
    messages = [{"role": "user", "content": question}]
    for _ in range(max_steps):
        reply = llm(messages)
        messages.append({"role": "assistant", "content": reply})
        call = parse_call(reply)
        if call is None:
            return reply, messages
        messages.append({"role": "user", "content": run_tool(call, tools)})
    return None, messages
