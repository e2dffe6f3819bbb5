"""
loses: [tool]
hint:
  en: >-
    You find the tool by evaluating its name: Python's own functions answer too.
  fr: >-
    Vous trouvez l'outil en évaluant son nom : les fonctions de Python répondent aussi.
"""


def run_tool(call, tools):
    if "error" in call:
        return f"error: {call['error']}"
    try:
        tool = eval(call["name"], None, tools)
    except Exception:  # noqa: BLE001 - whatever it is that raises
        return f"error: unknown tool {call['name']}"
    try:
        return str(tool(**call["arguments"]))
    except Exception as error:  # noqa: BLE001 - whatever it is that raises
        return f"error: {type(error).__name__}"
