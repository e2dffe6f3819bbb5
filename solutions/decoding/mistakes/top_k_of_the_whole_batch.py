"""
loses: [top-k]
hint:
  en: >-
    Your bar is the same for all rows: each row has k best tokens of its own.
  fr: >-
    Votre barre est la même pour toutes les lignes : chaque ligne a ses propres k meilleurs tokens.
"""

import math


def top_k_filter(logits, k):
    if k < 1:
        raise ValueError("k must be 1 or more")
    bar = logits.flatten().topk(min(k, logits.numel())).values[-1]
    return logits.masked_fill(logits < bar, -math.inf)
