"""
loses: [best, ties, edges]
hint:
  en: You prefer the split with the fewest pieces. Two frequent pieces can be more probable than a rare one.
  fr: Vous préférez le découpage qui a le moins de morceaux. Deux morceaux fréquents peuvent être plus probables qu'un rare.
"""


def viterbi(word, logp):
    best = [(0, 0.0)] + [(-math.inf, -math.inf)] * len(word)
    back = [0] * len(best)
    for end in range(1, len(best)):
        for start in range(end):
            if word[start:end] in logp:
                score = (best[start][0] - 1, best[start][1] + logp[word[start:end]])
                if score > best[end]:
                    best[end], back[end] = score, start
    if best[-1][0] == -math.inf:
        return [], -math.inf
    pieces, end = [], len(word)
    while end > 0:
        pieces.append(word[back[end] : end])
        end = back[end]
    return pieces[::-1], best[-1][1]
