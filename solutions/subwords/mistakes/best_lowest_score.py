"""
loses: [best, ties, edges]
hint:
  en: You keep the lowest score of each cell. A log-probability closer to 0 is a higher probability.
  fr: Vous gardez le plus bas score de chaque case. Une log-probabilité plus proche de 0 est une probabilité plus grande.
"""


def viterbi(word, logp):
    best = [0.0] + [math.inf] * len(word)
    back = [0] * len(best)
    for end in range(1, len(best)):
        for start in range(end):
            score = best[start] + logp.get(word[start:end], math.inf)
            if score < best[end]:
                best[end], back[end] = score, start
    if best[-1] == math.inf:
        return [], -math.inf
    pieces, end = [], len(word)
    while end > 0:
        pieces.append(word[back[end] : end])
        end = back[end]
    return pieces[::-1], best[-1]
