"""
loses: [softmax]
hint:
  en: >-
    Your softmax always normalises over the last dimension: what is its argument `dim` for?
  fr: >-
    Votre softmax normalise toujours sur la dernière dimension : à quoi sert son argument `dim` ?
"""

import math


def softmax(x, dim=-1):
    largest = x.amax(dim=-1, keepdim=True)
    exps = (x - largest.masked_fill(largest == -math.inf, 0.0)).exp()
    total = exps.sum(dim=-1, keepdim=True)
    return exps / total.masked_fill(total == 0.0, 1.0)
