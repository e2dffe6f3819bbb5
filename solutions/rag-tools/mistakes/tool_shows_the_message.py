"""
loses: [tool]
hint:
  en: >-
    You show the text of the exception. It may hold paths, keys or other people's data: only its type is
    shown.
  fr: >-
    Vous montrez le texte de l'exception. Il peut contenir des chemins, des clés ou les données d'autrui : on
    ne montre que son type.
"""


def run_tool(call, tools):
    if "error" in call:
        return f"error: {call['error']}"
    if call["name"] not in tools:
        return f"error: unknown tool {call['name']}"
    try:
        return str(tools[call["name"]](**call["arguments"]))
    except Exception as error:  # noqa: BLE001 - whatever it is that raises
        return f"error: {error}"
