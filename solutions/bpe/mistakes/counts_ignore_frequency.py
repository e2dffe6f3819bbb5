"""
loses: [counts]
hint:
  en: You count each word once. How many times does the corpus contain a pair of a word that occurs 5 times?
  fr: Vous comptez chaque mot une seule fois. Combien de fois le corpus contient-il une paire d'un mot qui apparaît 5 fois ?
"""


def pair_counts(words):
    return dict(Counter(pair for symbols in words for pair in pairwise(symbols)))
