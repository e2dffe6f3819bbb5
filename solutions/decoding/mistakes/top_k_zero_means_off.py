"""
loses: [top-k]
hint:
  en: >-
    You take k = 0 for "no filter", as some libraries do. Here k below 1 raises `ValueError`.
  fr: >-
    Vous prenez k = 0 pour « pas de filtre », comme certaines bibliothèques. Ici, un k inférieur à 1 lève une
    `ValueError`.
"""

import math


def top_k_filter(logits, k):
    if k <= 0:
        return logits.clone()
    bar = logits.topk(min(k, logits.shape[-1])).values[:, -1:]
    return logits.masked_fill(logits < bar, -math.inf)
