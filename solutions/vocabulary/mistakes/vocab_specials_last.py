"""
loses: [vocabulary]
hint:
  en: 'Your special tokens come last. They come first, so that their ids do not depend on the corpus.'
  fr: 'Vos tokens spéciaux viennent en dernier. Ils viennent d''abord : leurs identifiants ne dépendent ainsi pas du corpus.'
"""


def build_vocab(texts, level, specials=SPECIALS):
    counts = Counter(token for text in texts for token in tokenize(text, level) if token not in specials)
    ordered = sorted(counts, key=lambda token: (-counts[token], token))
    return {token: number for number, token in enumerate([*ordered, *specials])}
