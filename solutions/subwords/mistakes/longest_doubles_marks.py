"""
loses: [longest]
hint:
  en: 'Your pieces inside a word carry the mark twice: it is added to a name that has it already.'
  fr: 'Vos morceaux intérieurs portent deux fois la marque : elle est ajoutée à un nom qui l''a déjà.'
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
        pieces.append(mark + mark + word[start : ends[0]])
        start = ends[0]
    return pieces
