"""
loses: [scale]
hint:
  en: >-
    You use the default whenever `scale` counts as false, and 0.0 does too. What exactly means "not given"?
  fr: >-
    Vous prenez la valeur par défaut dès que `scale` compte comme faux, et 0.0 aussi. Qu'est-ce qui signifie
    exactement « non donné » ?
"""

import math


def scaled_dot_product_attention(q, k, v, mask=None, scale=None):
    if not scale:
        scale = 1.0 / math.sqrt(q.shape[-1])
    scores = q @ k.transpose(-2, -1) * scale
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    weights = softmax(scores, dim=-1)
    return weights @ v, weights
