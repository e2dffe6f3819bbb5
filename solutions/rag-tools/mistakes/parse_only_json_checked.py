"""
loses: [parse]
hint:
  en: >-
    JSON that is not a call makes your function fail: a list has no `"name"`, and neither has every object.
  fr: >-
    Un JSON qui n'est pas un appel fait échouer votre fonction : une liste n'a pas de `"name"`, et tout objet
    n'en a pas non plus.
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
    if not closed:
        return {"error": MALFORMED}
    name, arguments = call["name"], call.get("arguments", {})
    if not isinstance(name, str) or not isinstance(arguments, dict):
        return {"error": MALFORMED}
    return {"name": name, "arguments": arguments}
