"""
loses: [unknown]
hint:
  en: A word that cannot be covered comes back as it is. A model has no id for it.
  fr: Un mot qui ne peut pas être couvert revient tel quel. Un modèle n'a pas d'identifiant pour lui.
"""


def wordpiece(word, vocab, unk=UNK, max_chars=200):
    if len(word) > max_chars:
        return [unk]
    pieces, start = [], 0
    while start < len(word):
        mark = MARK if start else ""
        ends = [end for end in range(len(word), start, -1) if mark + word[start:end] in vocab]
        if not ends:
            return [word]
        pieces.append(mark + word[start : ends[0]])
        start = ends[0]
    return pieces
