"""
loses: [best, ties]
hint:
  en: A log-probability of 0 counts as false in an `if`, and you take the piece for unknown. Ask whether the piece is in the vocabulary.
  fr: Une log-probabilité de 0 compte comme fausse dans un `if`, et vous prenez le morceau pour inconnu. Demandez s'il est dans le vocabulaire.
"""


def viterbi(word, logp):
    best = [0.0] + [-math.inf] * len(word)
    back = [0] * len(best)
    for end in range(1, len(best)):
        for start in range(end):
            score = best[start] + (logp.get(word[start:end]) or -math.inf)
            if score > best[end]:
                best[end], back[end] = score, start
    if best[-1] == -math.inf:
        return [], -math.inf
    pieces, end = [], len(word)
    while end > 0:
        pieces.append(word[back[end] : end])
        end = back[end]
    return pieces[::-1], best[-1]
