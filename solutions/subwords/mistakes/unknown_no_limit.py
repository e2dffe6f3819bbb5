"""
loses: [unknown]
hint:
  en: You split words of any length. What is `max_chars` for?
  fr: Vous découpez des mots de toute longueur. À quoi sert `max_chars` ?
"""


def wordpiece(word, vocab, unk=UNK, max_chars=200):
    if max_chars < 0:
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
