"""
loses: [parse]
hint:
  en: >-
    Your pattern's `.` stops at newlines: a call on several lines is not found.
  fr: >-
    Le `.` de votre motif s'arrête aux sauts de ligne : un appel sur plusieurs lignes n'est pas trouvé.
"""


def parse_call(text):
    found = re.search(f"{OPEN}(.*?){CLOSE}", text)
    if OPEN not in text:
        return None
    body, closed = (found[1], True) if found else ("", False)
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
