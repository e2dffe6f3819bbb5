"""
loses: [injection]
hint:
  en: You neutralise the first occurrence of a token and let the others through.
  fr: Vous neutralisez la première occurrence d'un token et laissez passer les autres.
"""


def neutralise(text):
    for token in SPECIAL_IDS:
        text = text.replace(token, "< " + token[1:], 1)
    return text
