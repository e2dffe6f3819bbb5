"""
loses: [ties]
hint:
  en: Of equal splits you prefer the one with fewer pieces. The rule looks at the length of the last piece.
  fr: De deux découpages égaux, vous préférez celui qui a le moins de morceaux. La règle regarde la longueur du dernier morceau.
"""


def viterbi(word, logp):
    best = [(0.0, 0)] + [(-math.inf, 0)] * len(word)
    back = [0] * len(best)
    for end in range(1, len(best)):
        for start in range(end):
            score = (best[start][0] + logp.get(word[start:end], -math.inf), best[start][1] - 1)
            if score[0] > -math.inf and score > best[end]:
                best[end], back[end] = score, start
    if best[-1][0] == -math.inf:
        return [], -math.inf
    pieces, end = [], len(word)
    while end > 0:
        pieces.append(word[back[end] : end])
        end = back[end]
    return pieces[::-1], best[-1][0]
