"""
loses: [parse]
hint:
  en: >-
    You read up to the *last* closing marker: two calls in one reply are not JSON together.
  fr: >-
    Vous lisez jusqu'à la *dernière* balise fermante : deux appels dans une réponse ne font pas ensemble un
    JSON.
"""


def parse_call(text):
    _, opened, rest = text.partition(OPEN)
    if not opened:
        return None
    body, closed, _ = rest.rpartition(CLOSE)
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
