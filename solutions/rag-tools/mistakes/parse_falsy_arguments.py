"""
loses: [parse]
hint:
  en: >-
    `null`, `[]` and an empty text become `{}` with you (is there an `or`?). Only *missing* arguments do.
  fr: >-
    `null`, `[]` et un texte vide deviennent `{}` chez vous (y a-t-il un `or` ?). Seuls des arguments
    *absents* le deviennent.
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
    name, arguments = call.get("name"), call.get("arguments") or {}
    if not isinstance(name, str) or not isinstance(arguments, dict):
        return {"error": MALFORMED}
    return {"name": name, "arguments": arguments}
