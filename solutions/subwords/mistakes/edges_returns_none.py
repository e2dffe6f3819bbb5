"""
loses: [edges]
hint:
  en: You return `None` when there is no split. The answer is a tuple in every case.
  fr: Vous renvoyez `None` quand il n'y a pas de découpage. La réponse est un tuple dans tous les cas.
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
        return None
    pieces, end = [], len(word)
    while end > 0:
        pieces.append(word[back[end] : end])
        end = back[end]
    return pieces[::-1], best[-1]
