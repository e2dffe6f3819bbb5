"""
loses: [scale]
hint:
  en: >-
    Your scores are the same whatever `scale` the caller gives: when is the default meant to apply?
  fr: >-
    Vos scores sont les mêmes quel que soit le `scale` donné par l'appelant : quand la valeur par défaut
    s'applique-t-elle ?
"""

import math


def scaled_dot_product_attention(q, k, v, mask=None, scale=None):
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    weights = softmax(scores, dim=-1)
    return weights @ v, weights
