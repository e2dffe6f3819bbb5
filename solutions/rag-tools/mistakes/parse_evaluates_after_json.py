"""
loses: [parse]
hint:
  en: >-
    Where JSON fails, you fall back on `eval`. What is not JSON is just what must not be run.
  fr: >-
    Là où le JSON échoue, vous vous rabattez sur `eval`. Ce qui n'est pas du JSON est justement ce qu'il ne
    faut pas exécuter.
"""


def _read(body):
    try:
        return json.loads(body)
    except ValueError:
        return eval(body)


def parse_call(text):
    _, opened, rest = text.partition(OPEN)
    if not opened:
        return None
    body, closed, _ = rest.partition(CLOSE)
    try:
        call = _read(body)
    except Exception:  # noqa: BLE001 - whatever it is that raises
        return {"error": MALFORMED}
    if not closed or not isinstance(call, dict):
        return {"error": MALFORMED}
    name, arguments = call.get("name"), call.get("arguments", {})
    if not isinstance(name, str) or not isinstance(arguments, dict):
        return {"error": MALFORMED}
    return {"name": name, "arguments": arguments}
