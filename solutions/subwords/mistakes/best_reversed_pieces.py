"""
loses: [best, ties, edges]
hint:
  en: Your pieces come from the last to the first, in the order in which the back-pointers are followed.
  fr: Vos morceaux vont du dernier au premier, dans l'ordre où l'on remonte les pointeurs.
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
    return pieces, best[-1]
