"""
loses: [agent]
hint:
  en: >-
    You give up as soon as a tool fails. The model may mend its call if it reads what went wrong.
  fr: >-
    Vous abandonnez dès qu'un outil échoue. Le modèle peut corriger son appel s'il lit ce qui s'est passé.
"""


def run_agent(llm, tools, question, max_steps):
    messages = [{"role": "user", "content": question}]
    for _ in range(max_steps):
        reply = llm(messages)
        messages.append({"role": "assistant", "content": reply})
        call = parse_call(reply)
        if call is None:
            return reply, messages
        messages.append({"role": "tool", "content": run_tool(call, tools)})
        if messages[-1]["content"].startswith("error"):
            return None, messages
    return None, messages
