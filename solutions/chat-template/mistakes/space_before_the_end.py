"""
loses: [injection]
hint:
  en: You do break the special tokens up, but not at the place the rule names.
  fr: Vous brisez bien les tokens spéciaux, mais pas à l'endroit que dit la règle.
"""


def neutralise(text):
    for token in SPECIAL_IDS:
        text = text.replace(token, token[:-1] + " >")
    return text
