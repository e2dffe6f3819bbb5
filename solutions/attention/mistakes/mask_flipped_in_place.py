"""
loses: [invariants]
hint:
  en: >-
    You invert the mask inside the tensor you were given: the next layer of the caller would see it upside down.
  fr: >-
    Vous inversez le masque dans le tenseur reçu : la couche suivante de l'appelant le verrait à l'envers.
"""

import math


def scaled_dot_product_attention(q, k, v, mask=None, scale=None):
    if scale is None:
        scale = 1.0 / math.sqrt(q.shape[-1])
    scores = q @ k.transpose(-2, -1) * scale
    if mask is not None:
        scores = scores.masked_fill(mask.logical_not_(), -math.inf)
    weights = softmax(scores, dim=-1)
    return weights @ v, weights
