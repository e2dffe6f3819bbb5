"""
loses: [parse]
hint:
  en: >-
    A call without its closing marker was cut short, even if its JSON looks whole: it is malformed.
  fr: >-
    Un appel sans sa balise fermante a été coupé, même si son JSON paraît entier : il est mal formé.
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
    if not isinstance(call, dict):
        return {"error": MALFORMED}
    name, arguments = call.get("name"), call.get("arguments", {})
    if not isinstance(name, str) or not isinstance(arguments, dict):
        return {"error": MALFORMED}
    return {"name": name, "arguments": arguments}
