"""
loses: [top-p]
hint:
  en: >-
    Your nucleus holds one token more than needed: p is already reached without it.
  fr: >-
    Votre nucleus contient un token de trop : p est déjà atteint sans lui.
"""

import math


def top_p_filter(logits, p):
    if not 0 <= p <= 1:
        raise ValueError("p is a probability")
    if p == 1:
        return logits.clone()
    ranked = logits.sort(dim=-1, descending=True).values
    count = (ranked.softmax(dim=-1).cumsum(dim=-1) < p).sum(dim=-1, keepdim=True)
    bar = ranked.gather(-1, (count + 1).clamp(max=logits.shape[-1] - 1))
    return logits.masked_fill(logits < bar, -math.inf)
