"""
loses: [vocabulary]
hint:
  en: 'Reversing the sort puts the frequent tokens first, but it reverses the ties too: those go from the smallest code point up.'
  fr: 'Inverser le tri met les tokens fréquents devant, mais inverse aussi les ex aequo : ceux-là vont du plus petit point de code au plus grand.'
"""


def build_vocab(texts, level, specials=SPECIALS):
    counts = Counter(token for text in texts for token in tokenize(text, level) if token not in specials)
    ordered = sorted(counts, key=lambda token: (counts[token], token), reverse=True)
    return {token: number for number, token in enumerate([*specials, *ordered])}
