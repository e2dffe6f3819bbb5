"""
loses: [chunk]
hint:
  en: >-
    You keep full windows only: the tokens of a shorter last one are lost.
  fr: >-
    Vous ne gardez que les fenêtres pleines : les tokens d'une dernière plus courte sont perdus.
"""


def chunk(tokens, size, overlap):
    if not 0 <= overlap < size:
        raise ValueError("overlap must be at least 0 and less than size")
    return [tokens[start : start + size] for start in range(0, len(tokens) - size + 1, size - overlap)]
