"""
loses: [score]
hint:
  en: You count a piece only where it is part of a pair. A word of one piece counts as well.
  fr: Vous ne comptez un morceau que là où il fait partie d'une paire. Un mot d'un seul morceau compte aussi.
"""


def wordpiece_score(words):
    words = {word: frequency for word, frequency in words.items() if len(word) > 1}
    pieces, pairs = Counter(), Counter()
    for word, frequency in words.items():
        for piece in word:
            pieces[piece] += frequency
        for pair in pairwise(word):
            pairs[pair] += frequency
    return {(left, right): count / (pieces[left] * pieces[right]) for (left, right), count in pairs.items()}
