"""
loses: [parse]
hint:
  en: >-
    You accept a name that is not a string.
  fr: >-
    Vous acceptez un nom qui n'est pas une chaîne.
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
    name, arguments = call.get("name"), call.get("arguments", {})
    if name is None or not isinstance(arguments, dict):
        return {"error": MALFORMED}
    return {"name": name, "arguments": arguments}
