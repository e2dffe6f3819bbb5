"""
loses: [unknown]
hint:
  en: Your default for `max_chars` is that of HF's library. The signature asks for Google's.
  fr: Votre valeur par défaut de `max_chars` est celle de la bibliothèque de HF. La signature demande celle de Google.
"""


def wordpiece(word, vocab, unk=UNK, max_chars=100):
    if len(word) > max_chars:
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
