"""
loses: [vocabulary]
hint:
  en: 'You sort the tokens by their spelling alone. Their frequency decides first.'
  fr: 'Vous triez les tokens par leur seule orthographe. C''est d''abord leur fréquence qui décide.'
"""


def build_vocab(texts, level, specials=SPECIALS):
    counts = Counter(token for text in texts for token in tokenize(text, level) if token not in specials)
    ordered = sorted(counts)
    return {token: number for number, token in enumerate([*specials, *ordered])}
