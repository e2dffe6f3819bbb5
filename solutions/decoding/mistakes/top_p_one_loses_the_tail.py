"""
loses: [top-p]
hint:
  en: >-
    At p = 1 some tokens are removed: in float32 the sum is 1 before the last unlikely tokens are added.
  fr: >-
    À p = 1, des tokens sont retirés : en float32, la somme vaut 1 avant que les derniers tokens, improbables, y
    soient.
"""

import math


def top_p_filter(logits, p):
    if not 0 <= p <= 1:
        raise ValueError("p is a probability")
    ranked = logits.sort(dim=-1, descending=True).values
    count = (ranked.softmax(dim=-1).cumsum(dim=-1) < p).sum(dim=-1, keepdim=True)
    bar = ranked.gather(-1, count.clamp(max=logits.shape[-1] - 1))
    return logits.masked_fill(logits < bar, -math.inf)
