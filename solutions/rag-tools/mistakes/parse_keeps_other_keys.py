"""
loses: [parse]
hint:
  en: >-
    You return the object with all its keys; only name and arguments are asked for.
  fr: >-
    Vous renvoyez l'objet avec toutes ses clés ; on ne demande que le nom et les arguments.
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
    if not isinstance(name, str) or not isinstance(arguments, dict):
        return {"error": MALFORMED}
    return {**call, "arguments": arguments}
