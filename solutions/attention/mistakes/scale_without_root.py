"""
loses: [scale]
hint:
  en: >-
    You divide by $d_k$ itself. The variance of the dot product is $d_k$; by what does its standard deviation
    grow?
  fr: >-
    Vous divisez par $d_k$ lui-même. La variance du produit scalaire vaut $d_k$ ; et son écart type ?
"""

import math


def scaled_dot_product_attention(q, k, v, mask=None, scale=None):
    if scale is None:
        scale = 1.0 / q.shape[-1]
    scores = q @ k.transpose(-2, -1) * scale
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    weights = softmax(scores, dim=-1)
    return weights @ v, weights
