"""
loses: [tool]
hint:
  en: >-
    You call a tool that raised a second time. It may have sent half a letter: each call runs its tool once.
  fr: >-
    Vous rappelez un outil qui a levé une exception. Il avait peut-être envoyé la moitié d'une lettre : chaque
    appel exécute son outil une fois.
"""


def run_tool(call, tools):
    if "error" in call:
        return f"error: {call['error']}"
    if call["name"] not in tools:
        return f"error: unknown tool {call['name']}"
    error = None
    for _ in range(2):
        try:
            return str(tools[call["name"]](**call["arguments"]))
        except Exception as raised:  # noqa: BLE001 - whatever it is that raises
            error = raised
    return f"error: {type(error).__name__}"
