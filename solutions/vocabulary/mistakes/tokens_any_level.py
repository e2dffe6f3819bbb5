"""
loses: [tokens]
hint:
  en: 'Any level that is not `word` is taken for `char`. A misspelled level should be an error, not another result.'
  fr: 'Tout niveau autre que `word` est pris pour `char`. Un niveau mal écrit doit être une erreur, pas un autre résultat.'
"""


def tokenize(text, level):
    text = unicodedata.normalize("NFC", text)
    return text.split() if level == "word" else list(text)
