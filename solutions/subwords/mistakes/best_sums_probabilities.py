"""
loses: [best, ties, edges]
hint:
  en: You add probabilities. They multiply along a split; what adds up is their logarithms.
  fr: Vous additionnez des probabilités. Le long d'un découpage, elles se multiplient ; ce sont leurs logarithmes qui s'additionnent.
"""


def viterbi(word, logp):
    best = [0.0] + [-math.inf] * len(word)
    back = [0] * len(best)
    for end in range(1, len(best)):
        for start in range(end):
            score = best[start] + (math.exp(logp[word[start:end]]) if word[start:end] in logp else -math.inf)
            if score > best[end]:
                best[end], back[end] = score, start
    if best[-1] == -math.inf:
        return [], -math.inf
    pieces, end = [], len(word)
    while end > 0:
        pieces.append(word[back[end] : end])
        end = back[end]
    return pieces[::-1], best[-1]
