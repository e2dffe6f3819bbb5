"""
loses: [top-p]
hint:
  en: >-
    You take p = 0 for "no filter". It is a probability like any other, reached with the best token.
  fr: >-
    Vous prenez p = 0 pour « pas de filtre ». C'est une probabilité comme une autre, atteinte dès le meilleur
    token.
"""

import math


def top_p_filter(logits, p):
    if not 0 <= p <= 1:
        raise ValueError("p is a probability")
    if p in (0, 1):
        return logits.clone()
    ranked = logits.sort(dim=-1, descending=True).values
    count = (ranked.softmax(dim=-1).cumsum(dim=-1) < p).sum(dim=-1, keepdim=True)
    bar = ranked.gather(-1, count.clamp(max=logits.shape[-1] - 1))
    return logits.masked_fill(logits < bar, -math.inf)
