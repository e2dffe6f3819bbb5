"""
loses: [score]
hint:
  en: You count a pair and its reverse together. The order of the two pieces matters.
  fr: Vous comptez une paire et son inverse ensemble. L'ordre des deux morceaux compte.
"""


def wordpiece_score(words):
    pieces, pairs, seen = Counter(), Counter(), set()
    for word, frequency in words.items():
        for piece in word:
            pieces[piece] += frequency
        for pair in pairwise(word):
            pairs[tuple(sorted(pair))] += frequency
            seen.add(pair)
    return {pair: pairs[tuple(sorted(pair))] / (pieces[pair[0]] * pieces[pair[1]]) for pair in seen}
