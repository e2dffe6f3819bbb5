"""
loses: [mask]
hint:
  en: >-
    You apply the mask after the softmax, so what the masked keys had taken is lost: the weights left sum to less
    than 1.
  fr: >-
    Vous appliquez le masque après le softmax, et ce que les clés masquées avaient pris est perdu : les poids
    restants somment à moins de 1.
"""

import math


def scaled_dot_product_attention(q, k, v, mask=None, scale=None):
    if scale is None:
        scale = 1.0 / math.sqrt(q.shape[-1])
    scores = q @ k.transpose(-2, -1) * scale
    weights = softmax(scores, dim=-1)
    if mask is not None:
        weights = weights * mask
    return weights @ v, weights
