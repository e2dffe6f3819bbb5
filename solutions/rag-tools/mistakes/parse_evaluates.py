"""
loses: [parse]
hint:
  en: >-
    You run the model's text with `eval`: `__import__("shutil").rmtree("/")` would be obeyed. Read JSON with a
    parser; data cannot do anything.
  fr: >-
    Vous exécutez le texte du modèle avec `eval` : `__import__("shutil").rmtree("/")` serait obéi. Lisez le
    JSON avec un analyseur ; des données ne font rien.
"""


def parse_call(text):
    _, opened, rest = text.partition(OPEN)
    if not opened:
        return None
    body, closed, _ = rest.partition(CLOSE)
    try:
        call = eval(body, {"true": True, "false": False, "null": None})
    except Exception:  # noqa: BLE001 - whatever it is that raises
        return {"error": MALFORMED}
    if not closed or not isinstance(call, dict):
        return {"error": MALFORMED}
    name, arguments = call.get("name"), call.get("arguments", {})
    if not isinstance(name, str) or not isinstance(arguments, dict):
        return {"error": MALFORMED}
    return {"name": name, "arguments": arguments}
