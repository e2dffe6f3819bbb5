"""
loses: [top-p]
hint:
  en: >-
    You compare each single probability with p. What reaches p is the *sum* of those of the best tokens.
  fr: >-
    Vous comparez chaque probabilité, seule, à p. Ce qui atteint p, c'est la *somme* de celles des
    meilleurs tokens.
"""

import math


def top_p_filter(logits, p):
    if not 0 <= p <= 1:
        raise ValueError("p is a probability")
    if p == 1:
        return logits.clone()
    probs = logits.softmax(dim=-1)
    return logits.masked_fill((probs < p) & (probs < probs.amax(dim=-1, keepdim=True)), -math.inf)
