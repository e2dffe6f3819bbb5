"""
loses: [parse]
hint:
  en: >-
    You read Python's notation (`ast.literal_eval`). It is safe, and it is another language: JSON has `true`
    and `null`, and double quotes only.
  fr: >-
    Vous lisez la notation de Python (`ast.literal_eval`). C'est sans danger, mais c'est un autre langage :
    JSON a `true` et `null`, et seulement des guillemets doubles.
"""

import ast


def parse_call(text):
    _, opened, rest = text.partition(OPEN)
    if not opened:
        return None
    body, closed, _ = rest.partition(CLOSE)
    try:
        call = ast.literal_eval(body.strip())
    except (ValueError, SyntaxError):
        return {"error": MALFORMED}
    if not closed or not isinstance(call, dict):
        return {"error": MALFORMED}
    name, arguments = call.get("name"), call.get("arguments", {})
    if not isinstance(name, str) or not isinstance(arguments, dict):
        return {"error": MALFORMED}
    return {"name": name, "arguments": arguments}
