"""
loses: [tokens]
hint:
  en: 'Your normalisation also rewrites ligatures, exponents and special spaces (the K in its name is for compatibility). NFC only composes accents.'
  fr: 'Votre normalisation récrit aussi ligatures, exposants et espaces spéciales (le K de son nom veut dire compatibilité). NFC ne fait que composer les accents.'
"""


def tokenize(text, level):
    if level not in ("word", "char"):
        raise ValueError(level)
    text = unicodedata.normalize("NFKC", text)
    return text.split() if level == "word" else list(text)
