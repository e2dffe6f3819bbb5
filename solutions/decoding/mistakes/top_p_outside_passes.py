"""
loses: [top-p]
hint:
  en: >-
    p is a probability: outside $[0, 1]$ it must raise `ValueError`. (A p of 90 is somebody's per cent.)
  fr: >-
    p est une probabilité : hors de $[0, 1]$, il faut lever une `ValueError`. (Un p de 90 est le pourcentage de
    quelqu'un.)
"""

import math


def top_p_filter(logits, p):
    if p == 1:
        return logits.clone()
    ranked = logits.sort(dim=-1, descending=True).values
    count = (ranked.softmax(dim=-1).cumsum(dim=-1) < p).sum(dim=-1, keepdim=True)
    bar = ranked.gather(-1, count.clamp(max=logits.shape[-1] - 1))
    return logits.masked_fill(logits < bar, -math.inf)
