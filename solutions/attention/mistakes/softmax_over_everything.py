"""
loses: [softmax]
hint:
  en: >-
    Your probabilities sum to 1 over the whole tensor. Every slice along `dim` has its own 1 to share.
  fr: >-
    Vos probabilités somment à 1 sur le tenseur entier. Chaque tranche le long de `dim` a son propre 1 à partager.
"""

import math


def softmax(x, dim=-1):
    largest = x.max()
    exps = (x - largest.masked_fill(largest == -math.inf, 0.0)).exp()
    total = exps.sum()
    return exps / total.masked_fill(total == 0.0, 1.0)
