"""
loses: [parse]
hint:
  en: >-
    A call without `"arguments"` is malformed with you; it has none, `{}`.
  fr: >-
    Un appel sans `"arguments"` est mal formé chez vous ; il n'en a pas, `{}`.
"""


def parse_call(text):
    _, opened, rest = text.partition(OPEN)
    if not opened:
        return None
    body, closed, _ = rest.partition(CLOSE)
    try:
        call = json.loads(body)
    except ValueError:
        return {"error": MALFORMED}
    if not closed or not isinstance(call, dict):
        return {"error": MALFORMED}
    name, arguments = call.get("name"), call.get("arguments")
    if not isinstance(name, str) or not isinstance(arguments, dict):
        return {"error": MALFORMED}
    return {"name": name, "arguments": arguments}
