"""
loses: [best, ties, edges]
hint:
  en: You take the longest piece each time, as WordPiece does. What would the table of best scores have in its last cell?
  fr: Vous prenez chaque fois le plus long morceau, comme WordPiece. Qu'aurait le tableau des meilleurs scores dans sa dernière case ?
"""


def viterbi(word, logp):
    pieces, start = [], 0
    while start < len(word):
        ends = [end for end in range(len(word), start, -1) if word[start:end] in logp]
        if not ends:
            return [], -math.inf
        pieces.append(word[start : ends[0]])
        start = ends[0]
    return pieces, math.fsum(logp[piece] for piece in pieces)
