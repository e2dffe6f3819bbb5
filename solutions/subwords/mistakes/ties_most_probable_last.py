"""
loses: [ties]
hint:
  en: Of equal splits you prefer the one whose last piece is the most probable. The rule looks at its length.
  fr: De deux découpages égaux, vous préférez celui dont le dernier morceau est le plus probable. La règle regarde sa longueur.
"""


def viterbi(word, logp):
    best = [(0.0, 0.0)] + [(-math.inf, -math.inf)] * len(word)
    back = [0] * len(best)
    for end in range(1, len(best)):
        for start in range(end):
            value = logp.get(word[start:end], -math.inf)
            if (best[start][0] + value, value) > best[end]:
                best[end], back[end] = (best[start][0] + value, value), start
    if best[-1][0] == -math.inf:
        return [], -math.inf
    pieces, end = [], len(word)
    while end > 0:
        pieces.append(word[back[end] : end])
        end = back[end]
    return pieces[::-1], best[-1][0]
