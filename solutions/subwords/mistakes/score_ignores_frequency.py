"""
loses: [score]
hint:
  en: Each word counts once in your version. What stands in a word that occurs 5 times counts 5 times.
  fr: Chaque mot compte une fois chez vous. Ce qui est dans un mot vu 5 fois compte 5 fois.
"""


def wordpiece_score(words):
    pieces = Counter(piece for word in words for piece in word)
    pairs = Counter(pair for word in words for pair in pairwise(word))
    return {(left, right): count / (pieces[left] * pieces[right]) for (left, right), count in pairs.items()}
