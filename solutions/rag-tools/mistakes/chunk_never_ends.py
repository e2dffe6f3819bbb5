"""
loses: [chunk]
hint:
  en: >-
    With an overlap as large as the size your window never moves, and the loop never ends. Refuse such sizes
    first.
  fr: >-
    Avec un overlap égal à size, votre fenêtre n'avance jamais et la boucle ne finit pas. Refusez d'abord de
    telles tailles.
"""


def chunk(tokens, size, overlap):
    pieces, start = {}, 0
    while start < len(tokens):
        pieces[start] = tokens[start : start + size]
        if start + size >= len(tokens):
            break
        start += size - overlap
    return list(pieces.values())
