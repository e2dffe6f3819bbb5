"""
loses: [vocabulary]
hint:
  en: 'Equally frequent tokens are left in the order in which they occur (`most_common` does that). Ties go by code point.'
  fr: 'Les tokens de même fréquence restent dans l''ordre où ils apparaissent (c''est ce que fait `most_common`). Les ex aequo suivent les points de code.'
"""


def build_vocab(texts, level, specials=SPECIALS):
    counts = Counter(token for text in texts for token in tokenize(text, level) if token not in specials)
    ordered = [token for token, _ in counts.most_common()]
    return {token: number for number, token in enumerate([*specials, *ordered])}
