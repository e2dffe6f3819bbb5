"""
loses: [unknown]
hint:
  en: You compare `max_chars` with the number of pieces. It limits the characters of the word.
  fr: Vous comparez `max_chars` au nombre de morceaux. Il limite les caractères du mot.
"""


def wordpiece(word, vocab, unk=UNK, max_chars=200):
    pieces, start = [], 0
    while start < len(word):
        mark = MARK if start else ""
        ends = [end for end in range(len(word), start, -1) if mark + word[start:end] in vocab]
        if not ends:
            return [unk]
        pieces.append(mark + word[start : ends[0]])
        start = ends[0]
    return pieces if len(pieces) <= max_chars else [unk]
