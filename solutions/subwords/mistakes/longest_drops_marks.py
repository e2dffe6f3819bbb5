"""
loses: [longest]
hint:
  en: You look up the marked name but return the bare one. The pieces are returned as they stand in the vocabulary.
  fr: Vous cherchez le nom marqué mais renvoyez le nom nu. Les morceaux sont renvoyés tels qu'ils sont dans le vocabulaire.
"""


def wordpiece(word, vocab, unk=UNK, max_chars=200):
    if len(word) > max_chars:
        return [unk]
    pieces, start = [], 0
    while start < len(word):
        mark = MARK if start else ""
        ends = [end for end in range(len(word), start, -1) if mark + word[start:end] in vocab]
        if not ends:
            return [unk]
        pieces.append(word[start : ends[0]])
        start = ends[0]
    return pieces
