"""
loses: [ties]
hint:
  en: Your table goes from the end of the word to its start, so that the first piece is the longest. The rule begins with the last one.
  fr: 'Votre tableau va de la fin du mot à son début : c''est le premier morceau qui est le plus long. La règle commence par le dernier.'
"""


def viterbi(word, logp):
    best = [-math.inf] * len(word) + [0.0]
    forward = [0] * len(best)
    for start in range(len(word) - 1, -1, -1):
        for end in range(len(word), start, -1):
            score = best[end] + logp.get(word[start:end], -math.inf)
            if score > best[start]:
                best[start], forward[start] = score, end
    if best[0] == -math.inf:
        return [], -math.inf
    pieces, start = [], 0
    while start < len(word):
        pieces.append(word[start : forward[start]])
        start = forward[start]
    return pieces, best[0]
