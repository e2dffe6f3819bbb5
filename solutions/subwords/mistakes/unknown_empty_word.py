"""
loses: [unknown]
hint:
  en: An empty word is unknown in your version. It has nothing to cover, hence no piece.
  fr: Un mot vide est inconnu chez vous. Il n'y a rien à y couvrir, donc aucun morceau.
"""


def wordpiece(word, vocab, unk=UNK, max_chars=200):
    if not word or len(word) > max_chars:
        return [unk]
    pieces, start = [], 0
    while start < len(word):
        mark = MARK if start else ""
        ends = [end for end in range(len(word), start, -1) if mark + word[start:end] in vocab]
        if not ends:
            return [unk]
        pieces.append(mark + word[start : ends[0]])
        start = ends[0]
    return pieces
