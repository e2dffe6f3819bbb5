"""
loses: [top-p]
hint:
  en: >-
    You always leave the best token, but where more are needed, the one with which the sum reaches p is missing.
  fr: >-
    Vous laissez toujours le meilleur token, mais quand il en faut plus, celui avec lequel la somme atteint p
    manque.
"""

import math


def top_p_filter(logits, p):
    if not 0 <= p <= 1:
        raise ValueError("p is a probability")
    if p == 1:
        return logits.clone()
    ranked = logits.sort(dim=-1, descending=True).values
    count = (ranked.softmax(dim=-1).cumsum(dim=-1) <= p).sum(dim=-1, keepdim=True)
    bar = ranked.gather(-1, (count - 1).clamp(min=0))
    return logits.masked_fill(logits < bar, -math.inf)
