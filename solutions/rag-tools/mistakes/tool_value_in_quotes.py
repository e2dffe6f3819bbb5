"""
loses: [tool]
hint:
  en: >-
    A text comes back in quotes (`repr`); as an observation it stands as it is.
  fr: >-
    Un texte revient entre guillemets (`repr`) ; comme observation, il est tel quel.
"""


def run_tool(call, tools):
    if "error" in call:
        return f"error: {call['error']}"
    if call["name"] not in tools:
        return f"error: unknown tool {call['name']}"
    try:
        return repr(tools[call["name"]](**call["arguments"]))
    except Exception as error:  # noqa: BLE001 - whatever it is that raises
        return f"error: {type(error).__name__}"
