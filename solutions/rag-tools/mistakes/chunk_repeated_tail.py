"""
loses: [chunk]
hint:
  en: >-
    Your last chunk only repeats what the one before it holds: that one had already reached the end.
  fr: >-
    Votre dernier morceau ne fait que répéter le précédent : celui-là avait déjà atteint la fin.
"""


def chunk(tokens, size, overlap):
    if not 0 <= overlap < size:
        raise ValueError("overlap must be at least 0 and less than size")
    return [tokens[start : start + size] for start in range(0, len(tokens), size - overlap)]
