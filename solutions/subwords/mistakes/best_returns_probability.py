"""
loses: [best, edges]
hint:
  en: 'Your pieces are right, but the score is a probability: it underflows on long texts. Return the sum of the logarithms.'
  fr: 'Vos morceaux sont bons, mais le score est une probabilité : elle tombe à zéro sur les longs textes. Renvoyez la somme des logarithmes.'
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
    while end > 0:
        pieces.append(word[back[end] : end])
        end = back[end]
    return pieces[::-1], math.exp(best[-1])
