"""
loses: [unknown]
hint:
  en: You stop and return what was found so far, as if the rest did not exist. A word that is not covered to its end is unknown.
  fr: Vous vous arrêtez et renvoyez ce qui a été trouvé, comme si le reste n'existait pas. Un mot qui n'est pas couvert jusqu'au bout est inconnu.
"""


def wordpiece(word, vocab, unk=UNK, max_chars=200):
    if len(word) > max_chars:
        return [unk]
    pieces, start = [], 0
    while start < len(word):
        mark = MARK if start else ""
        ends = [end for end in range(len(word), start, -1) if mark + word[start:end] in vocab]
        if not ends:
            return pieces or [unk]
        pieces.append(mark + word[start : ends[0]])
        start = ends[0]
    return pieces
