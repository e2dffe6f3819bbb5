"""
loses: [mask]
hint:
  en: >-
    You hide the keys where the mask is True. Here True means "may attend" (torch's `key_padding_mask` says the
    opposite).
  fr: >-
    Vous cachez les clés là où le masque vaut True. Ici, True signifie « peut regarder » (le `key_padding_mask` de
    torch dit le contraire).
"""

import math


def scaled_dot_product_attention(q, k, v, mask=None, scale=None):
    if scale is None:
        scale = 1.0 / math.sqrt(q.shape[-1])
    scores = q @ k.transpose(-2, -1) * scale
    if mask is not None:
        scores = scores.masked_fill(mask, -math.inf)
    weights = softmax(scores, dim=-1)
    return weights @ v, weights
