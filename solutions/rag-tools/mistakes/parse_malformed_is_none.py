"""
loses: [parse]
hint:
  en: >-
    A malformed call gives None with you, as if the model had answered: it would never learn of its slip.
  fr: >-
    Un appel mal formé donne chez vous None, comme si le modèle avait répondu : il n'apprendrait jamais son
    erreur.
"""


def parse_call(text):
    _, opened, rest = text.partition(OPEN)
    if not opened:
        return None
    body, closed, _ = rest.partition(CLOSE)
    try:
        call = json.loads(body)
    except ValueError:
        return None
    if not closed or not isinstance(call, dict):
        return None
    name, arguments = call.get("name"), call.get("arguments", {})
    if not isinstance(name, str) or not isinstance(arguments, dict):
        return None
    return {"name": name, "arguments": arguments}
