"""
loses: [longest]
hint:
  en: You take the longest piece at the end of the word and go left. The first piece is chosen first.
  fr: Vous prenez le plus long morceau à la fin du mot et allez vers la gauche. Le premier morceau se choisit en premier.
"""


def wordpiece(word, vocab, unk=UNK, max_chars=200):
    if len(word) > max_chars:
        return [unk]
    if not word or unk_needed(word, vocab):
        return [unk] if word else []
    pieces, end = [], len(word)
    while end > 0:
        names = [(start, (MARK if start else "") + word[start:end]) for start in range(end)]
        fitting = [(start, name) for start, name in names if name in vocab]
        if not fitting:
            return [unk]
        end = fitting[0][0]
        pieces.insert(0, fitting[0][1])
    return pieces


def unk_needed(word, vocab):
    start = 0
    while start < len(word):
        mark = MARK if start else ""
        ends = [end for end in range(len(word), start, -1) if mark + word[start:end] in vocab]
        if not ends:
            return True
        start = ends[0]
    return False
