"""
loses: [score]
hint:
  en: You count the left piece only where it is on the left of a pair, and the right one only where it is on the right. Each counts wherever it occurs.
  fr: Vous ne comptez le morceau de gauche qu'à gauche d'une paire, et celui de droite qu'à droite. Chacun compte où qu'il apparaisse.
"""


def wordpiece_score(words):
    lefts, rights, pairs = Counter(), Counter(), Counter()
    for word, frequency in words.items():
        for left, right in pairwise(word):
            lefts[left] += frequency
            rights[right] += frequency
            pairs[left, right] += frequency
    return {(left, right): count / (lefts[left] * rights[right]) for (left, right), count in pairs.items()}
