"""
loses: [vocabulary]
hint:
  en: 'Your tokens come out of a `set`, whose order changes each time Python starts: so do your ids. Sort them by the rule.'
  fr: 'Vos tokens sortent d''un `set`, dont l''ordre change à chaque lancement de Python : vos identifiants aussi. Triez-les selon la règle.'
"""


def build_vocab(texts, level, specials=SPECIALS):
    counts = Counter(token for text in texts for token in tokenize(text, level) if token not in specials)
    ordered = set(counts)
    return {token: number for number, token in enumerate([*specials, *ordered])}
