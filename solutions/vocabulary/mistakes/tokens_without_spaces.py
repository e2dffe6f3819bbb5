"""
loses: [tokens]
hint:
  en: 'At the character level you drop the spaces. They are characters too, and without them no text can be restored.'
  fr: 'Au niveau des caractères, vous laissez tomber les espaces. Ce sont des caractères aussi, et sans elles on ne peut pas rétablir le texte.'
"""


def tokenize(text, level):
    if level not in ("word", "char"):
        raise ValueError(level)
    text = unicodedata.normalize("NFC", text)
    return text.split() if level == "word" else [c for c in text if not c.isspace()]
