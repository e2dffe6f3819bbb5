"""
loses: [longest]
hint:
  en: 'Inside a word you also accept a bare piece. `at` and `##at` are two different pieces: only the marked one continues a word.'
  fr: 'À l''intérieur d''un mot, vous acceptez aussi un morceau nu. `at` et `##at` sont deux morceaux différents : seul celui qui est marqué continue un mot.'
"""


def wordpiece(word, vocab, unk=UNK, max_chars=200):
    if len(word) > max_chars:
        return [unk]
    pieces, start = [], 0
    while start < len(word):
        mark = MARK if start else ""
        ends = [
            end for end in range(len(word), start, -1) if mark + word[start:end] in vocab or word[start:end] in vocab
        ]
        if not ends:
            return [unk]
        pieces.append(mark + word[start : ends[0]])
        start = ends[0]
    return pieces
