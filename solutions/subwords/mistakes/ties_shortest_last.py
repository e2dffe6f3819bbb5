"""
loses: [ties]
hint:
  en: Of two equal scores you keep the one found last, whose last piece is the shorter one.
  fr: De deux scores égaux, vous gardez le dernier trouvé, dont le dernier morceau est le plus court.
"""


def viterbi(word, logp):
    best = [0.0] + [-math.inf] * len(word)
    back = [0] * len(best)
    for end in range(1, len(best)):
        for start in range(end):
            score = best[start] + logp.get(word[start:end], -math.inf)
            if score >= best[end] and score > -math.inf:
                best[end], back[end] = score, start
    if best[-1] == -math.inf:
        return [], -math.inf
    pieces, end = [], len(word)
    while end > 0:
        pieces.append(word[back[end] : end])
        end = back[end]
    return pieces[::-1], best[-1]
