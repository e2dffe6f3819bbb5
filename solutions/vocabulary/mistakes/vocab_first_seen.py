"""
loses: [vocabulary]
hint:
  en: 'Your tokens are in the order in which they first occur. The most frequent one comes first.'
  fr: 'Vos tokens sont dans l''ordre de leur première apparition. C''est le plus fréquent qui vient d''abord.'
"""


def build_vocab(texts, level, specials=SPECIALS):
    counts = Counter(token for text in texts for token in tokenize(text, level) if token not in specials)
    ordered = list(counts)
    return {token: number for number, token in enumerate([*specials, *ordered])}
