"""
loses: [top-k]
hint:
  en: >-
    The k-th best token is removed too: which comparison lets it in?
  fr: >-
    Le k-ième meilleur token est retiré lui aussi : quelle comparaison l'admet ?
"""

import math


def top_k_filter(logits, k):
    if k < 1:
        raise ValueError("k must be 1 or more")
    if k >= logits.shape[-1]:
        return logits.clone()
    bar = logits.topk(k).values[:, -1:]
    return logits.masked_fill(logits <= bar, -math.inf)
