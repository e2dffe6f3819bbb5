"""
loses: [tool]
hint:
  en: >-
    You look the tool up inside `try`: an unknown one reads like a tool that raised a KeyError. It has a text
    of its own.
  fr: >-
    Vous cherchez l'outil à l'intérieur du `try` : un outil inconnu se lit comme un outil qui a levé une
    KeyError. Il a un texte à lui.
"""


def run_tool(call, tools):
    try:
        return str(tools[call["name"]](**call["arguments"])) if "error" not in call else f"error: {call['error']}"
    except Exception as error:  # noqa: BLE001 - whatever it is that raises
        return f"error: {type(error).__name__}"
