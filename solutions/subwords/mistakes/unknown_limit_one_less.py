"""
loses: [unknown]
hint:
  en: A word of exactly `max_chars` characters is unknown in your version. Only longer ones are.
  fr: Un mot d'exactement `max_chars` caractères est inconnu chez vous. Seuls les plus longs le sont.
"""


def wordpiece(word, vocab, unk=UNK, max_chars=200):
    if word and len(word) >= max_chars:
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
