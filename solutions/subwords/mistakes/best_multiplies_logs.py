"""
loses: [best, ties, edges]
hint:
  en: You multiply the log-probabilities. Which operation on logarithms corresponds to a product of probabilities?
  fr: Vous multipliez les log-probabilités. Quelle opération sur les logarithmes correspond à un produit de probabilités ?
"""


def viterbi(word, logp):
    best = [1.0] + [-math.inf] * len(word)
    back = [0] * len(best)
    for end in range(1, len(best)):
        for start in range(end):
            score = (
                best[start] * logp[word[start:end]]
                if word[start:end] in logp and best[start] > -math.inf
                else -math.inf
            )
            if score > best[end]:
                best[end], back[end] = score, start
    if best[-1] == -math.inf:
        return [], -math.inf
    pieces, end = [], len(word)
    while end > 0:
        pieces.append(word[back[end] : end])
        end = back[end]
    return pieces[::-1], best[-1]
