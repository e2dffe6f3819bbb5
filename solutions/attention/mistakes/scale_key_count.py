"""
loses: [scale]
hint:
  en: >-
    You take the number of keys. The scale depends on how wide a key is, not on how many there are.
  fr: >-
    Vous prenez le nombre de clés. Le facteur dépend de la largeur d'une clé, et non de leur nombre.
"""

import math


def scaled_dot_product_attention(q, k, v, mask=None, scale=None):
    if scale is None:
        scale = 1.0 / math.sqrt(k.shape[-2])
    scores = q @ k.transpose(-2, -1) * scale
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    weights = softmax(scores, dim=-1)
    return weights @ v, weights
