"""
loses: [tool]
hint:
  en: >-
    You return the tool's value as it is. A message holds text: the model reads nothing else.
  fr: >-
    Vous renvoyez la valeur de l'outil telle quelle. Un message contient du texte : le modèle ne lit rien
    d'autre.
"""


def run_tool(call, tools):
    if "error" in call:
        return f"error: {call['error']}"
    if call["name"] not in tools:
        return f"error: unknown tool {call['name']}"
    try:
        return tools[call["name"]](**call["arguments"])
    except Exception as error:  # noqa: BLE001 - whatever it is that raises
        return f"error: {type(error).__name__}"
