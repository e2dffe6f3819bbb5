"""
loses: [score]
hint:
  en: You return the logarithm of the score. The order of the pairs is the same, the numbers are not.
  fr: Vous renvoyez le logarithme du score. L'ordre des paires est le même, les nombres non.
"""


def wordpiece_score(words):
    pieces, pairs = Counter(), Counter()
    for word, frequency in words.items():
        for piece in word:
            pieces[piece] += frequency
        for pair in pairwise(word):
            pairs[pair] += frequency
    return {(left, right): math.log(count / (pieces[left] * pieces[right])) for (left, right), count in pairs.items()}
