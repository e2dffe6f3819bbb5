"""
loses: [score]
hint:
  en: You count `a` and `##a` as one piece. They are two entries of the vocabulary.
  fr: Vous comptez `a` et `##a` comme un seul morceau. Ce sont deux entrées du vocabulaire.
"""


def wordpiece_score(words):
    pieces, pairs = Counter(), Counter()
    for word, frequency in words.items():
        for piece in word:
            pieces[piece.removeprefix(MARK)] += frequency
        for pair in pairwise(word):
            pairs[pair] += frequency
    bare = {piece: pieces[piece.removeprefix(MARK)] for word in words for piece in word}
    return {(left, right): count / (bare[left] * bare[right]) for (left, right), count in pairs.items()}
