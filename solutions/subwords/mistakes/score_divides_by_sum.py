"""
loses: [score]
hint:
  en: You divide by the sum of the two counts. Chance multiplies.
  fr: Vous divisez par la somme des deux comptes. Le hasard, lui, multiplie.
"""


def wordpiece_score(words):
    pieces, pairs = Counter(), Counter()
    for word, frequency in words.items():
        for piece in word:
            pieces[piece] += frequency
        for pair in pairwise(word):
            pairs[pair] += frequency
    return {(left, right): count / (pieces[left] + pieces[right]) for (left, right), count in pairs.items()}
