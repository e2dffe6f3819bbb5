"""
loses: [mask]
hint:
  en: >-
    You give masked keys a score of 0, and exp(0) is 1: they weigh as much as an average key. Which score becomes
    a weight of 0?
  fr: >-
    Vous donnez aux clés masquées un score de 0, or exp(0) vaut 1 : elles pèsent autant qu'une clé moyenne. Quel
    score devient un poids nul ?
"""

import math


def scaled_dot_product_attention(q, k, v, mask=None, scale=None):
    if scale is None:
        scale = 1.0 / math.sqrt(q.shape[-1])
    scores = q @ k.transpose(-2, -1) * scale
    if mask is not None:
        scores = scores * mask
    weights = softmax(scores, dim=-1)
    return weights @ v, weights
