"""
loses: [best, ties, edges]
hint:
  en: 'The first piece is missing: the walk along the back-pointers stops one step too early.'
  fr: 'Le premier morceau manque : la remontée des pointeurs s''arrête un pas trop tôt.'
"""


def viterbi(word, logp):
    best = [0.0] + [-math.inf] * len(word)
    back = [0] * len(best)
    for end in range(1, len(best)):
        for start in range(end):
            score = best[start] + logp.get(word[start:end], -math.inf)
            if score > best[end]:
                best[end], back[end] = score, start
    if best[-1] == -math.inf:
        return [], -math.inf
    pieces, end = [], len(word)
    while back[end] > 0:
        pieces.append(word[back[end] : end])
        end = back[end]
    return pieces[::-1], best[-1]
