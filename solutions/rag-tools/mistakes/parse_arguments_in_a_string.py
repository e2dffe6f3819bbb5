"""
loses: [parse]
hint:
  en: >-
    You read arguments that come as a string of JSON. Some APIs write them so; in this format they are an
    object.
  fr: >-
    Vous lisez des arguments donnés dans une chaîne de JSON. Certaines API les écrivent ainsi ; dans ce
    format, c'est un objet.
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
    if isinstance(arguments, str) and arguments:
        arguments = json.loads(arguments)
    if not isinstance(name, str) or not isinstance(arguments, dict):
        return {"error": MALFORMED}
    return {"name": name, "arguments": arguments}
