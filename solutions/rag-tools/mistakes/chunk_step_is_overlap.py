"""
loses: [chunk]
hint:
  en: >-
    You move on by `overlap` tokens. Neighbours *share* that many: how far apart are their starts?
  fr: >-
    Vous avancez de `overlap` tokens. Deux voisins en *partagent* autant : de combien leurs débuts
    s'écartent-ils ?
"""


def chunk(tokens, size, overlap):
    if not 0 <= overlap < size:
        raise ValueError("overlap must be at least 0 and less than size")
    starts = range(0, len(tokens), overlap or size)
    return [
        tokens[start : start + size] for start in starts if not start or start + size - (overlap or size) < len(tokens)
    ]
