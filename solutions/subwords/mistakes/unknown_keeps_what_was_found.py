"""
loses: [unknown]
hint:
  en: You keep the pieces found so far and add the unknown token. The whole word becomes that one token.
  fr: Vous gardez les morceaux déjà trouvés et ajoutez le token inconnu. C'est le mot entier qui devient ce seul token.
"""


def wordpiece(word, vocab, unk=UNK, max_chars=200):
    if len(word) > max_chars:
        return [unk]
    pieces, start = [], 0
    while start < len(word):
        mark = MARK if start else ""
        ends = [end for end in range(len(word), start, -1) if mark + word[start:end] in vocab]
        if not ends:
            return [*pieces, unk]
        pieces.append(mark + word[start : ends[0]])
        start = ends[0]
    return pieces
