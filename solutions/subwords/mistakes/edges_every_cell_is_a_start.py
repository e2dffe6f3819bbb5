"""
loses: [edges]
hint:
  en: Cells that no piece leads to begin at 0 in your table, as if the word could start there. What should stand in them?
  fr: Les cases où ne mène aucun morceau valent 0 dans votre tableau, comme si le mot pouvait y commencer. Que doit-il y avoir ?
"""


def viterbi(word, logp):
    best = [0.0] * (len(word) + 1)
    back = [None] * len(best)
    for end in range(1, len(best)):
        for start in range(end):
            piece = word[start:end]
            if piece in logp and (back[end] is None or best[start] + logp[piece] > best[end]):
                best[end], back[end] = best[start] + logp[piece], start
    if word and back[-1] is None:
        return [], -math.inf
    pieces, end = [], len(word)
    while end and back[end] is not None:
        pieces.append(word[back[end] : end])
        end = back[end]
    return pieces[::-1], best[-1]
