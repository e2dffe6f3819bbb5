"""
loses: [longest]
hint:
  en: '`vocab.get(piece)` is 0 for the piece whose id is 0, and 0 counts as false in an `if`. Ask whether the piece is in the vocabulary.'
  fr: '`vocab.get(piece)` vaut 0 pour le morceau d''identifiant 0, et 0 compte comme faux dans un `if`. Demandez si le morceau est dans le vocabulaire.'
"""


def wordpiece(word, vocab, unk=UNK, max_chars=200):
    if len(word) > max_chars:
        return [unk]
    pieces, start = [], 0
    while start < len(word):
        mark = MARK if start else ""
        ends = [end for end in range(len(word), start, -1) if vocab.get(mark + word[start:end])]
        if not ends:
            return [unk]
        pieces.append(mark + word[start : ends[0]])
        start = ends[0]
    return pieces
