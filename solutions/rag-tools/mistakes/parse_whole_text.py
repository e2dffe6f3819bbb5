"""
loses: [parse]
hint:
  en: >-
    You read the whole reply as JSON. The call stands between two markers, with words around it.
  fr: >-
    Vous lisez toute la réponse comme du JSON. L'appel est entre deux balises, avec des mots autour.
"""


def parse_call(text):
    if OPEN not in text:
        return None
    body, closed = text.strip().removeprefix(OPEN).removesuffix(CLOSE), CLOSE in text
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
