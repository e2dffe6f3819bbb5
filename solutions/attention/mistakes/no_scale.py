"""
loses: [scale]
hint:
  en: >-
    Your scores are the bare dot products, and their variance grows with $d_k$. What keeps it near 1?
  fr: >-
    Vos scores sont les produits scalaires bruts, et leur variance grandit avec $d_k$. Qu'est-ce qui la garde près
    de 1 ?
"""

import math


def scaled_dot_product_attention(q, k, v, mask=None, scale=None):
    if scale is None:
        scale = 1.0
    scores = q @ k.transpose(-2, -1) * scale
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    weights = softmax(scores, dim=-1)
    return weights @ v, weights
