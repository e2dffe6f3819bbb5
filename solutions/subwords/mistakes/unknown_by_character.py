"""
loses: [unknown]
hint:
  en: You replace only the character that fits nothing, and go on. BERT gives up the whole word.
  fr: Vous ne remplacez que le caractère qui ne convient pas, et continuez. BERT renonce au mot entier.
"""


def wordpiece(word, vocab, unk=UNK, max_chars=200):
    if len(word) > max_chars:
        return [unk]
    pieces, start = [], 0
    while start < len(word):
        mark = MARK if start else ""
        ends = [end for end in range(len(word), start, -1) if mark + word[start:end] in vocab]
        pieces.append(mark + word[start : ends[0]] if ends else unk)
        start = ends[0] if ends else start + 1
    return pieces
