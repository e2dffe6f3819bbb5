"""
loses: [vocabulary]
hint:
  en: 'A word of the texts that is spelled like a special token gets a second id, which hides the first. It has its id already.'
  fr: 'Un mot des textes écrit comme un token spécial reçoit un second identifiant, qui cache le premier. Il a déjà le sien.'
"""


def build_vocab(texts, level, specials=SPECIALS):
    counts = Counter(token for text in texts for token in tokenize(text, level))
    ordered = sorted(counts, key=lambda token: (-counts[token], token))
    return {token: number for number, token in enumerate([*specials, *ordered])}
