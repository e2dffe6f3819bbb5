"""
loses: [score]
hint:
  en: A pair counts once per word in your version. Every position counts, even where pairs overlap.
  fr: Une paire compte une fois par mot chez vous. Chaque position compte, même quand les paires se chevauchent.
"""


def wordpiece_score(words):
    pieces, pairs = Counter(), Counter()
    for word, frequency in words.items():
        for piece in word:
            pieces[piece] += frequency
        for pair in set(pairwise(word)):
            pairs[pair] += frequency
    return {(left, right): count / (pieces[left] * pieces[right]) for (left, right), count in pairs.items()}
