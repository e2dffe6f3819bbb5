"""
loses: [tool]
hint:
  en: >-
    What is not in `tools`, you look for among all functions: the model can call anything in your program.
  fr: >-
    Ce qui n'est pas dans `tools`, vous le cherchez parmi toutes les fonctions : le modèle peut appeler
    n'importe quoi dans votre programme.
"""


def run_tool(call, tools):
    if "error" in call:
        return f"error: {call['error']}"
    tool = tools.get(call["name"]) or globals().get(call["name"])
    if tool is None:
        return f"error: unknown tool {call['name']}"
    try:
        return str(tool(**call["arguments"]))
    except Exception as error:  # noqa: BLE001 - whatever it is that raises
        return f"error: {type(error).__name__}"
