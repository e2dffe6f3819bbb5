"""
loses: [vocabulary]
hint:
  en: 'You always enter the same four special tokens. Those of the argument count: there may be more, fewer, or none.'
  fr: 'Vous inscrivez toujours les quatre mêmes tokens spéciaux. Ce sont ceux de l''argument qui comptent : il peut y en avoir plus, moins, ou aucun.'
"""


def build_vocab(texts, level, specials=SPECIALS):
    counts = Counter(token for text in texts for token in tokenize(text, level) if token not in specials)
    ordered = sorted(counts, key=lambda token: (-counts[token], token))
    return {token: number for number, token in enumerate([*SPECIALS, *ordered])}
