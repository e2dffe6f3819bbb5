"""
loses: [best, ties, edges]
hint:
  en: Each cell compares only the last pieces. What came before them counts as well.
  fr: Chaque case ne compare que les derniers morceaux. Ce qui les précède compte aussi.
"""


def viterbi(word, logp):
    best = [0.0] + [-math.inf] * len(word)
    last = [-math.inf] * len(best)
    back = [0] * len(best)
    for end in range(1, len(best)):
        for start in range(end):
            value = logp.get(word[start:end], -math.inf)
            if best[start] > -math.inf and value > last[end]:
                last[end], best[end], back[end] = value, best[start] + value, start
    if best[-1] == -math.inf:
        return [], -math.inf
    pieces, end = [], len(word)
    while end > 0:
        pieces.append(word[back[end] : end])
        end = back[end]
    return pieces[::-1], best[-1]
