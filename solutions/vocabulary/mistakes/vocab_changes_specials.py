"""
loses: [vocabulary]
hint:
  en: 'You append to the list of special tokens that you were given. It belongs to the caller: make a new list.'
  fr: 'Vous ajoutez à la liste de tokens spéciaux reçue. Elle appartient à l''appelant : faites une nouvelle liste.'
"""


def build_vocab(texts, level, specials=SPECIALS):
    counts = Counter(token for text in texts for token in tokenize(text, level) if token not in specials)
    specials += type(specials)(sorted(counts, key=lambda token: (-counts[token], token)))
    return {token: number for number, token in enumerate(specials)}
