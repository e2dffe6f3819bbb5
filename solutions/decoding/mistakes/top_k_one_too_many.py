"""
loses: [top-k]
hint:
  en: >-
    One token too many is left: look at the place of your bar, counted from 0.
  fr: >-
    Il reste un token de trop : regardez la place de votre barre, comptée à partir de 0.
"""

import math


def top_k_filter(logits, k):
    if k < 1:
        raise ValueError("k must be 1 or more")
    ranked = logits.sort(dim=-1, descending=True).values
    bar = ranked[:, min(k, logits.shape[-1] - 1)].unsqueeze(-1)
    return logits.masked_fill(logits < bar, -math.inf)
