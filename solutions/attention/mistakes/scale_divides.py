"""
loses: [scale]
hint:
  en: >-
    You divide by the `scale` the caller gives; it is a factor of the dot products.
  fr: >-
    Vous divisez par le `scale` donné par l'appelant ; c'est un facteur des produits scalaires.
"""

import math


def scaled_dot_product_attention(q, k, v, mask=None, scale=None):
    if scale is None:
        scale = math.sqrt(q.shape[-1])
    scores = q @ k.transpose(-2, -1) / scale
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    weights = softmax(scores, dim=-1)
    return weights @ v, weights
