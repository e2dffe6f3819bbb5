"""
loses: [longest]
hint:
  en: You look for the longest piece anywhere in the word. It is looked for from the first character not yet covered.
  fr: Vous cherchez le plus long morceau n'importe où dans le mot. Il se cherche à partir du premier caractère pas encore couvert.
"""


def wordpiece(word, vocab, unk=UNK, max_chars=200):
    if len(word) > max_chars or not longest_reaches_the_end(word, vocab):
        return [unk]
    return around(word, 0, vocab, unk)


def longest_reaches_the_end(word, vocab):
    start = 0
    while start < len(word):
        mark = MARK if start else ""
        ends = [end for end in range(len(word), start, -1) if mark + word[start:end] in vocab]
        if not ends:
            return False
        start = ends[0]
    return True


def around(word, offset, vocab, unk):
    for size in range(len(word), 0, -1):
        for start in range(len(word) - size + 1):
            name = (MARK if offset + start else "") + word[start : start + size]
            if name in vocab:
                left = around(word[:start], offset, vocab, unk)
                return [*left, name, *around(word[start + size :], offset + start + size, vocab, unk)]
    return [unk] if word else []
