"""
loses: [longest]
hint:
  en: You add the mark after looking the piece up. The name to look up is the marked one.
  fr: Vous ajoutez la marque après avoir cherché le morceau. C'est le nom marqué qu'il faut chercher.
"""


def wordpiece(word, vocab, unk=UNK, max_chars=200):
    if len(word) > max_chars:
        return [unk]
    pieces, start = [], 0
    while start < len(word):
        mark = MARK if start else ""
        ends = [end for end in range(len(word), start, -1) if word[start:end] in vocab]
        if not ends:
            return [unk]
        pieces.append(mark + word[start : ends[0]])
        start = ends[0]
    return pieces
