"""
loses: [best]
hint:
  en: You do not look at pieces longer than a fixed size. The longest piece of the vocabulary sets the limit, if any.
  fr: Vous ne regardez pas les morceaux au-delà d'une taille fixe. C'est le plus long morceau du vocabulaire qui donne la limite, s'il en faut une.
"""


def viterbi(word, logp):
    best = [0.0] + [-math.inf] * len(word)
    back = [0] * len(best)
    for end in range(1, len(best)):
        for start in range(max(0, end - 12), end):
            score = best[start] + logp.get(word[start:end], -math.inf)
            if score > best[end]:
                best[end], back[end] = score, start
    if best[-1] == -math.inf:
        return [], -math.inf
    pieces, end = [], len(word)
    while end > 0:
        pieces.append(word[back[end] : end])
        end = back[end]
    return pieces[::-1], best[-1]
