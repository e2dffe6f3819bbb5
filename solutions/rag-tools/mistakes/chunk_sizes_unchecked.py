"""
loses: [chunk]
hint:
  en: >-
    Impossible sizes give you an empty or a strange result. A caller who asks for them must hear of it:
    ValueError.
  fr: >-
    Des tailles impossibles vous donnent un résultat vide ou étrange. Qui les demande doit l'apprendre :
    ValueError.
"""


def chunk(tokens, size, overlap):
    starts = range(0, len(tokens), max(1, size - overlap))
    return [tokens[start : start + size] for start in starts if not start or start + overlap < len(tokens)]
