"""
loses: [tokens]
hint:
  en: 'You cut at each single space: two spaces in a row give an empty word, and tabs or line breaks cut nothing.'
  fr: 'Vous coupez à chaque espace seule : deux espaces de suite donnent un mot vide, et ni tabulation ni saut de ligne ne coupent.'
"""


def tokenize(text, level):
    if level not in ("word", "char"):
        raise ValueError(level)
    text = unicodedata.normalize("NFC", text)
    return text.split(" ") if level == "word" else list(text)
