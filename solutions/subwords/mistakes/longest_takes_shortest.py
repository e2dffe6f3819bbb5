"""
loses: [longest]
hint:
  en: You take the shortest piece that fits. From which end of the word do you begin to look?
  fr: Vous prenez le plus court morceau qui convient. Par quelle fin commencez-vous à chercher ?
"""


def wordpiece(word, vocab, unk=UNK, max_chars=200):
    if len(word) > max_chars:
        return [unk]
    pieces, start = [], 0
    while start < len(word):
        mark = MARK if start else ""
        ends = [end for end in range(start + 1, len(word) + 1) if mark + word[start:end] in vocab]
        if not ends:
            return [unk]
        pieces.append(mark + word[start : ends[0]])
        start = ends[0]
    return pieces
