"""
loses: [tool]
hint:
  en: >-
    An unknown tool raises a KeyError in your function. The model made a slip, and must be able to read of it.
  fr: >-
    Un outil inconnu lève une KeyError dans votre fonction. Le modèle s'est trompé, et doit pouvoir le lire.
"""


def run_tool(call, tools):
    if "error" in call:
        return f"error: {call['error']}"
    tool = tools[call["name"]]
    try:
        return str(tool(**call["arguments"]))
    except Exception as error:  # noqa: BLE001 - whatever it is that raises
        return f"error: {type(error).__name__}"
