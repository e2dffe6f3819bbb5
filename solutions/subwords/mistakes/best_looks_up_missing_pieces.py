"""
loses: [best, ties, edges]
hint:
  en: 'You look up every string in `logp` as if it had to be there. That a string is no piece is the ordinary case: what does `dict.get` offer?'
  fr: 'Vous cherchez chaque chaîne dans `logp` comme si elle devait y être. Qu''une chaîne ne soit pas un morceau est le cas ordinaire : que propose `dict.get` ?'
"""


def viterbi(word, logp):
    best = [0.0] + [-math.inf] * len(word)
    back = [0] * len(best)
    for end in range(1, len(best)):
        for start in range(end):
            score = best[start] + logp[word[start:end]]
            if score > best[end]:
                best[end], back[end] = score, start
    if best[-1] == -math.inf:
        return [], -math.inf
    pieces, end = [], len(word)
    while end > 0:
        pieces.append(word[back[end] : end])
        end = back[end]
    return pieces[::-1], best[-1]
