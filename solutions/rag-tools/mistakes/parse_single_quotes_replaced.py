"""
loses: [parse]
hint:
  en: >-
    You turn single quotes into double ones, and a text with an apostrophe breaks. What is not JSON is
    malformed.
  fr: >-
    Vous changez les apostrophes en guillemets, et un texte qui contient une apostrophe se casse. Ce qui n'est
    pas du JSON est mal formé.
"""


def parse_call(text):
    _, opened, rest = text.partition(OPEN)
    if not opened:
        return None
    body, closed, _ = rest.partition(CLOSE)
    try:
        call = json.loads(body.replace("'", '"'))
    except ValueError:
        return {"error": MALFORMED}
    if not closed or not isinstance(call, dict):
        return {"error": MALFORMED}
    name, arguments = call.get("name"), call.get("arguments", {})
    if not isinstance(name, str) or not isinstance(arguments, dict):
        return {"error": MALFORMED}
    return {"name": name, "arguments": arguments}
