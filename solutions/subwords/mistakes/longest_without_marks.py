"""
loses: [longest]
hint:
  en: You look up every piece bare. Inside a word, a piece is in the vocabulary under its marked name.
  fr: Vous cherchez chaque morceau nu. À l'intérieur d'un mot, un morceau figure dans le vocabulaire sous son nom marqué.
"""


def wordpiece(word, vocab, unk=UNK, max_chars=200):
    if len(word) > max_chars:
        return [unk]
    pieces, start = [], 0
    while start < len(word):
        ends = [end for end in range(len(word), start, -1) if word[start:end] in vocab]
        if not ends:
            return [unk]
        pieces.append(word[start : ends[0]])
        start = ends[0]
    return pieces
