"""
loses: [vocabulary]
hint:
  en: 'Among equals you sort without regard to case. Code points put every capital `A` to `Z` before `a`.'
  fr: 'Entre ex aequo, vous triez sans tenir compte de la casse. Les points de code rangent toutes les capitales `A` à `Z` avant `a`.'
"""


def build_vocab(texts, level, specials=SPECIALS):
    counts = Counter(token for text in texts for token in tokenize(text, level) if token not in specials)
    ordered = sorted(counts, key=lambda token: (-counts[token], token.lower(), token))
    return {token: number for number, token in enumerate([*specials, *ordered])}
