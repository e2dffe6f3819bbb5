"""
loses: [vocabulary]
hint:
  en: 'You count in how many texts a token occurs. Count its occurrences: three in one text are three.'
  fr: 'Vous comptez dans combien de textes un token apparaît. Comptez ses occurrences : trois dans un texte font trois.'
"""


def build_vocab(texts, level, specials=SPECIALS):
    counts = Counter(token for text in texts for token in set(tokenize(text, level)) if token not in specials)
    ordered = sorted(counts, key=lambda token: (-counts[token], token))
    return {token: number for number, token in enumerate([*specials, *ordered])}
