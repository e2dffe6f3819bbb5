"""
loses: [tool]
hint:
  en: >-
    You pass the arguments in the order in which the model wrote them. They have names: pass them by name.
  fr: >-
    Vous passez les arguments dans l'ordre où le modèle les a écrits. Ils ont des noms : passez-les par leur
    nom.
"""


def run_tool(call, tools):
    if "error" in call:
        return f"error: {call['error']}"
    if call["name"] not in tools:
        return f"error: unknown tool {call['name']}"
    try:
        return str(tools[call["name"]](*call["arguments"].values()))
    except Exception as error:  # noqa: BLE001 - whatever it is that raises
        return f"error: {type(error).__name__}"
