"""
loses: [edges]
hint:
  en: An empty word has no split in your version. It has one, of no piece, whose score is an empty sum.
  fr: Un mot vide n'a pas de découpage chez vous. Il en a un, sans aucun morceau, dont le score est une somme vide.
"""


def viterbi(word, logp):
    best = [0.0] + [-math.inf] * len(word)
    back = [0] * len(best)
    for end in range(1, len(best)):
        for start in range(end):
            score = best[start] + logp.get(word[start:end], -math.inf)
            if score > best[end]:
                best[end], back[end] = score, start
    pieces, end = [], len(word)
    while end > 0 and best[-1] > -math.inf:
        pieces.append(word[back[end] : end])
        end = back[end]
    return pieces[::-1], best[-1] if pieces else -math.inf
