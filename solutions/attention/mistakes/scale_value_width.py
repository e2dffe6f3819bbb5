"""
loses: [scale]
hint:
  en: >-
    You take the width of the values. Over which width does the dot product of a query and a key run?
  fr: >-
    Vous prenez la largeur des valeurs. Quelle largeur le produit scalaire d'une requête et d'une clé
    parcourt-il ?
"""

import math


def scaled_dot_product_attention(q, k, v, mask=None, scale=None):
    if scale is None:
        scale = 1.0 / math.sqrt(v.shape[-1])
    scores = q @ k.transpose(-2, -1) * scale
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    weights = softmax(scores, dim=-1)
    return weights @ v, weights
