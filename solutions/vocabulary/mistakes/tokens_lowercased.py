"""
loses: [tokens]
hint:
  en: 'You put the text in lower case. That is a choice some tokenizers make; here the case stays.'
  fr: 'Vous mettez le texte en minuscules. Certains tokeniseurs font ce choix ; ici, la casse reste.'
"""


def tokenize(text, level):
    if level not in ("word", "char"):
        raise ValueError(level)
    text = unicodedata.normalize("NFC", text).lower()
    return text.split() if level == "word" else list(text)
