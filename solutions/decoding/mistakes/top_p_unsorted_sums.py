"""
loses: [top-p]
hint:
  en: >-
    You add up the probabilities in the order of the ids. The most likely token comes first.
  fr: >-
    Vous additionnez les probabilités dans l'ordre des identifiants. Le token le plus probable vient d'abord.
"""

import math


def top_p_filter(logits, p):
    if not 0 <= p <= 1:
        raise ValueError("p is a probability")
    if p == 1:
        return logits.clone()
    probs = logits.softmax(dim=-1)
    return logits.masked_fill(probs.cumsum(dim=-1) - probs >= p, -math.inf)
