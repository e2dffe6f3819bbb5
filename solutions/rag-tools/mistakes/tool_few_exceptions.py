"""
loses: [tool]
hint:
  en: >-
    You catch some exceptions and not others. A tool may raise any `Exception`.
  fr: >-
    Vous attrapez certaines exceptions et pas d'autres. Un outil peut lever n'importe quelle `Exception`.
"""


def run_tool(call, tools):
    if "error" in call:
        return f"error: {call['error']}"
    if call["name"] not in tools:
        return f"error: unknown tool {call['name']}"
    try:
        return str(tools[call["name"]](**call["arguments"]))
    except (ValueError, TypeError, KeyError, ZeroDivisionError) as error:
        return f"error: {type(error).__name__}"
