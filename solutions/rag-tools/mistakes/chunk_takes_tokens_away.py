"""
loses: [chunk]
hint:
  en: >-
    You take tokens out of the caller's list while you cut it. Work with positions or on a copy.
  fr: >-
    Vous retirez des tokens de la liste de l'appelant en la découpant. Travaillez avec des positions ou sur
    une copie.
"""


def chunk(tokens, size, overlap):
    if not 0 <= overlap < size:
        raise ValueError("overlap must be at least 0 and less than size")
    pieces = []
    while tokens and (not pieces or len(tokens) > overlap):
        pieces.append(tokens[:size])
        del tokens[: size - overlap]
    return pieces
