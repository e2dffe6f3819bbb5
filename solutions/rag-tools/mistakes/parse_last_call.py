"""
loses: [parse]
hint:
  en: >-
    Of two calls in one reply you take the last; the first counts.
  fr: >-
    De deux appels dans une réponse vous prenez le dernier ; c'est le premier qui compte.
"""


def parse_call(text):
    _, opened, rest = text.rpartition(OPEN)
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
    if not isinstance(name, str) or not isinstance(arguments, dict):
        return {"error": MALFORMED}
    return {"name": name, "arguments": arguments}
