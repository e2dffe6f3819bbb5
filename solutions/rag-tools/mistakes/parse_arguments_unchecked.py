"""
loses: [parse]
hint:
  en: >-
    You accept arguments that are not an object: a list or a text cannot be passed by name.
  fr: >-
    Vous acceptez des arguments qui ne sont pas un objet : une liste ou un texte ne peut pas se passer par
    nom.
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
    if not isinstance(name, str):
        return {"error": MALFORMED}
    return {"name": name, "arguments": arguments}
