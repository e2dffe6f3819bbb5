"""
loses: [top-p]
hint:
  en: >-
    What you decide along the sorted row is applied to the unsorted one: column i of the two is not the same
    token.
  fr: >-
    Ce que vous décidez le long de la ligne triée est appliqué à la ligne non triée : la colonne i n'y est pas
    le même token.
"""

import math


def top_p_filter(logits, p):
    if not 0 <= p <= 1:
        raise ValueError("p is a probability")
    if p == 1:
        return logits.clone()
    probs = logits.sort(dim=-1, descending=True).values.softmax(dim=-1)
    out = probs.cumsum(dim=-1) - probs >= p
    out[:, 0] = False
    return logits.masked_fill(out, -math.inf)
