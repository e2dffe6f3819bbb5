"""
loses: [agent]
hint:
  en: >-
    At the last step you leave without running the tool. A step is whole: call, tool, observation.
  fr: >-
    Au dernier pas, vous partez sans exécuter l'outil. Un pas est entier : appel, outil, observation.
"""


def run_agent(llm, tools, question, max_steps):
    messages = [{"role": "user", "content": question}]
    for step in range(max_steps):
        reply = llm(messages)
        messages.append({"role": "assistant", "content": reply})
        call = parse_call(reply)
        if call is None:
            return reply, messages
        if step < max_steps - 1:
            messages.append({"role": "tool", "content": run_tool(call, tools)})
    return None, messages
