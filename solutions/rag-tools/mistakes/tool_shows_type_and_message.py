"""
loses: [tool]
hint:
  en: >-
    After the type, you also show the exception's text. It may hold paths, keys or other people's data.
  fr: >-
    Après le type, vous montrez aussi le texte de l'exception. Il peut contenir des chemins, des clés ou les
    données d'autrui.
"""


def run_tool(call, tools):
    if "error" in call:
        return f"error: {call['error']}"
    if call["name"] not in tools:
        return f"error: unknown tool {call['name']}"
    try:
        return str(tools[call["name"]](**call["arguments"]))
    except Exception as error:  # noqa: BLE001 - whatever it is that raises
        return f"error: {type(error).__name__}: {error}"
