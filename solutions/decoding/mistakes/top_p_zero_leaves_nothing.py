"""
loses: [top-p]
hint:
  en: >-
    At p = 0 nothing is left of your rows; the best token always is.
  fr: >-
    À p = 0, il ne reste rien de vos lignes ; le meilleur token reste toujours.
"""

import math


def top_p_filter(logits, p):
    if not 0 <= p <= 1:
        raise ValueError("p is a probability")
    if p == 1:
        return logits.clone()
    ranked, order = logits.sort(dim=-1, descending=True)
    probs = ranked.softmax(dim=-1)
    before = probs.cumsum(dim=-1) - probs
    bar = ranked.masked_fill(before >= p, math.inf).amin(dim=-1, keepdim=True)
    return logits.masked_fill(logits < bar, -math.inf)
