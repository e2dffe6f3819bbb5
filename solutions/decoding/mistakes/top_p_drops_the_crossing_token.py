"""
loses: [top-p]
hint:
  en: >-
    The token with which the sum reaches p is missing from your nucleus. Try p = 0.4 when the best token has
    0.5.
  fr: >-
    Le token avec lequel la somme atteint p manque à votre nucleus. Essayez p = 0,4 quand le meilleur token a
    0,5.
"""

import math

import torch


def top_p_filter(logits, p):
    if not 0 <= p <= 1:
        raise ValueError("p is a probability")
    if p == 1:
        return logits.clone()
    ranked, order = logits.sort(dim=-1, descending=True)
    out = ranked.softmax(dim=-1).cumsum(dim=-1) > p
    return logits.masked_fill(torch.zeros_like(out).scatter(-1, order, out), -math.inf)
