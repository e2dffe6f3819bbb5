"""
loses: [top-p]
hint:
  en: >-
    For p just below 1, rounding leaves even the last of your sums below p, and you look for a place beyond the
    end of the row.
  fr: >-
    Pour p juste en dessous de 1, l'arrondi laisse même la dernière de vos sommes sous p, et vous cherchez une
    place au-delà de la fin de la ligne.
"""

import math


def top_p_filter(logits, p):
    if not 0 <= p <= 1:
        raise ValueError("p is a probability")
    if p == 1:
        return logits.clone()
    ranked = logits.sort(dim=-1, descending=True).values
    bar = ranked.gather(-1, (ranked.softmax(dim=-1).cumsum(dim=-1) < p).sum(dim=-1, keepdim=True))
    return logits.masked_fill(logits < bar, -math.inf)
