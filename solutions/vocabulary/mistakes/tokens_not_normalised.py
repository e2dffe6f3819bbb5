"""
loses: [tokens]
hint:
  en: 'You cut the text as it comes. An `é` stored as two characters stays two characters, or another word: normalise first.'
  fr: 'Vous découpez le texte tel qu''il arrive. Un `é` enregistré comme deux caractères le reste, ou donne un autre mot : normalisez d''abord.'
"""


def tokenize(text, level):
    if level not in ("word", "char"):
        raise ValueError(level)
    text = text
    return text.split() if level == "word" else list(text)
