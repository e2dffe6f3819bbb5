"""
loses: [tokens]
hint:
  en: 'You split the punctuation from the words. Here words are cut at whitespace only: `dort,` is one token.'
  fr: 'Vous séparez la ponctuation des mots. Ici, on coupe les mots aux espaces seulement : `dort,` est un seul token.'
"""

import re


def tokenize(text, level):
    if level not in ("word", "char"):
        raise ValueError(level)
    text = unicodedata.normalize("NFC", text)
    return re.findall(r"\w+|[^\w\s]", text) if level == "word" else list(text)
