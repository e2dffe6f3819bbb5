"""
loses: [unknown]
hint:
  en: When the longest match leads nowhere, you try a shorter one. WordPiece never goes back on a choice.
  fr: Quand le plus long d'abord ne mène nulle part, vous essayez plus court. WordPiece ne revient jamais sur un choix.
"""


def wordpiece(word, vocab, unk=UNK, max_chars=200):
    found = covered(word, "", vocab) if len(word) <= max_chars else None
    return [unk] if found is None else found


def covered(rest, mark, vocab):
    if not rest:
        return []
    for size in range(len(rest), 0, -1):
        if mark + rest[:size] in vocab:
            others = covered(rest[size:], MARK, vocab)
            if others is not None:
                return [mark + rest[:size], *others]
    return None
