"""
loses: [vocabulary]
hint:
  en: 'Your ids start at 1. They are row numbers of a matrix, and rows are counted from 0.'
  fr: 'Vos identifiants commencent à 1. Ce sont des numéros de ligne d''une matrice, et les lignes se comptent à partir de 0.'
"""


def build_vocab(texts, level, specials=SPECIALS):
    counts = Counter(token for text in texts for token in tokenize(text, level) if token not in specials)
    ordered = sorted(counts, key=lambda token: (-counts[token], token))
    return {token: number for number, token in enumerate([*specials, *ordered], start=1)}
