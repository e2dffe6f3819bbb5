"""
loses: [chunk]
hint:
  en: >-
    Without tokens you return one empty chunk. There is nothing to index: no chunks.
  fr: >-
    Sans tokens, vous renvoyez un morceau vide. Il n'y a rien à indexer : pas de morceaux.
"""


def chunk(tokens, size, overlap):
    if not 0 <= overlap < size:
        raise ValueError("overlap must be at least 0 and less than size")
    starts = range(0, len(tokens), size - overlap)
    return [tokens[s : s + size] for s in starts if not s or s + overlap < len(tokens)] or [[]]
