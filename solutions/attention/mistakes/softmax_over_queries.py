"""
loses: [values]
hint:
  en: >-
    Your softmax normalises over the queries: each column of the weights sums to 1. Who must share 1 among whom?
  fr: >-
    Votre softmax normalise sur les requêtes : chaque colonne des poids somme à 1. Qui doit partager 1 entre qui ?
"""

import math


def scaled_dot_product_attention(q, k, v, mask=None, scale=None):
    if scale is None:
        scale = 1.0 / math.sqrt(q.shape[-1])
    scores = q @ k.transpose(-2, -1) * scale
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    weights = softmax(scores, dim=-2)
    return weights @ v, weights
