"""
loses: [tool]
hint:
  en: >-
    A malformed call has no name: look for its error before you look for a tool.
  fr: >-
    Un appel mal formé n'a pas de nom : cherchez son erreur avant de chercher un outil.
"""


def run_tool(call, tools):
    if call["name"] not in tools:
        return f"error: unknown tool {call['name']}"
    try:
        return str(tools[call["name"]](**call["arguments"]))
    except Exception as error:  # noqa: BLE001 - whatever it is that raises
        return f"error: {type(error).__name__}"
