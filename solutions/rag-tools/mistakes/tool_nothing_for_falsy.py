"""
loses: [tool]
hint:
  en: >-
    0, False and None become an empty text with you (is there an `or`?). They are values, and the model reads
    them.
  fr: >-
    0, False et None deviennent chez vous un texte vide (y a-t-il un `or` ?). Ce sont des valeurs, et le
    modèle les lit.
"""


def run_tool(call, tools):
    if "error" in call:
        return f"error: {call['error']}"
    if call["name"] not in tools:
        return f"error: unknown tool {call['name']}"
    try:
        return str(tools[call["name"]](**call["arguments"]) or "")
    except Exception as error:  # noqa: BLE001 - whatever it is that raises
        return f"error: {type(error).__name__}"
