"""
loses: [unknown]
hint:
  en: You count bytes. An accented letter is one character and two bytes.
  fr: Vous comptez des octets. Une lettre accentuée fait un caractère et deux octets.
"""


def wordpiece(word, vocab, unk=UNK, max_chars=200):
    if len(word.encode("utf-8")) > max_chars:
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
