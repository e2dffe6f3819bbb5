"""
loses: [chunk]
hint:
  en: >-
    Without tokens you return before you look at the sizes. Impossible sizes are refused whatever the tokens.
  fr: >-
    Sans tokens, vous répondez avant d'avoir regardé les tailles. Des tailles impossibles se refusent quels
    que soient les tokens.
"""


def chunk(tokens, size, overlap):
    if not tokens:
        return []
    if not 0 <= overlap < size:
        raise ValueError("overlap must be at least 0 and less than size")
    starts = range(0, len(tokens), size - overlap)
    return [tokens[start : start + size] for start in starts if not start or start + overlap < len(tokens)]
