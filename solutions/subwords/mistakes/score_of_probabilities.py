"""
loses: [score]
hint:
  en: You turned the counts into probabilities first, which multiplies every score by the same number. The formula asks for counts.
  fr: Vous avez d'abord changé les comptes en probabilités, ce qui multiplie tous les scores par un même nombre. La formule demande des comptes.
"""


def wordpiece_score(words):
    pieces, pairs = Counter(), Counter()
    for word, frequency in words.items():
        for piece in word:
            pieces[piece] += frequency
        for pair in pairwise(word):
            pairs[pair] += frequency
    return {
        (left, right): count * sum(pieces.values()) / (pieces[left] * pieces[right])
        for (left, right), count in pairs.items()
    }
