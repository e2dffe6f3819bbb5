"""
loses: [parse]
hint:
  en: >-
    A malformed call raises an error in your function. It is a result, which the model will read.
  fr: >-
    Un appel mal formé lève une erreur dans votre fonction. C'est un résultat, que le modèle lira.
"""


def parse_call(text):
    if OPEN not in text:
        return None
    call = json.loads(text.split(OPEN, 1)[1].split(CLOSE, 1)[0])
    return {"name": call["name"], "arguments": call.get("arguments", {})}
