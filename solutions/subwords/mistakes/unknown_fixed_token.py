"""
loses: [unknown]
hint:
  en: You always answer with the same unknown token, not with the one you were given.
  fr: Vous répondez toujours par le même token inconnu, et non par celui qui est donné.
"""


def wordpiece(word, vocab, unk=UNK, max_chars=200):
    if len(word) > max_chars:
        return [unk]
    pieces, start = [], 0
    while start < len(word):
        mark = MARK if start else ""
        ends = [end for end in range(len(word), start, -1) if mark + word[start:end] in vocab]
        if not ends:
            return [UNK]
        pieces.append(mark + word[start : ends[0]])
        start = ends[0]
    return pieces
