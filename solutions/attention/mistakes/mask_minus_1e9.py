"""
loses: [mask]
hint:
  en: >-
    You give masked keys a large negative number. It does not fit in float16, and for a query whose keys are all
    masked the scores are all equal: the weights are uniform.
  fr: >-
    Vous donnez aux clés masquées un grand nombre négatif. Il ne tient pas en float16, et une requête dont toutes
    les clés sont masquées a des scores tous égaux : ses poids sont uniformes.
"""

import math


def scaled_dot_product_attention(q, k, v, mask=None, scale=None):
    if scale is None:
        scale = 1.0 / math.sqrt(q.shape[-1])
    scores = q @ k.transpose(-2, -1) * scale
    if mask is not None:
        scores = scores.masked_fill(~mask, -1e9)
    weights = softmax(scores, dim=-1)
    return weights @ v, weights
