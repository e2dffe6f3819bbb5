"""
loses: [top-p]
hint:
  en: >-
    You add up from the least likely token: your nucleus is made of the worst.
  fr: >-
    Vous additionnez à partir du token le moins probable : votre nucleus est fait des pires.
"""

import math


def top_p_filter(logits, p):
    if not 0 <= p <= 1:
        raise ValueError("p is a probability")
    if p == 1:
        return logits.clone()
    ranked = logits.sort(dim=-1).values
    count = (ranked.softmax(dim=-1).cumsum(dim=-1) < p).sum(dim=-1, keepdim=True)
    bar = ranked.gather(-1, count.clamp(max=logits.shape[-1] - 1))
    return logits.masked_fill(logits > bar, -math.inf)
