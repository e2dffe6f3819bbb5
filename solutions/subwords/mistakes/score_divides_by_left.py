"""
loses: [score]
hint:
  en: You divide by the count of the left piece only. The right piece may be frequent too.
  fr: Vous ne divisez que par le compte du morceau de gauche. Celui de droite peut être fréquent, lui aussi.
"""


def wordpiece_score(words):
    pieces, pairs = Counter(), Counter()
    for word, frequency in words.items():
        for piece in word:
            pieces[piece] += frequency
        for pair in pairwise(word):
            pairs[pair] += frequency
    return {(left, right): count / pieces[left] for (left, right), count in pairs.items()}
