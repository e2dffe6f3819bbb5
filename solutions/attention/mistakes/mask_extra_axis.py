"""
loses: [shapes]
hint:
  en: >-
    You insert a head dimension into every mask that has fewer dimensions than the scores. A mask that broadcasts
    already needs no help, and a [T_q, T_k] mask becomes a wrong one.
  fr: >-
    Vous ajoutez une dimension de têtes à tout masque qui a moins de dimensions que les scores. Un masque qui se
    diffuse déjà n'en a pas besoin, et un masque [T_q, T_k] devient faux.
"""

import math


def scaled_dot_product_attention(q, k, v, mask=None, scale=None):
    if scale is None:
        scale = 1.0 / math.sqrt(q.shape[-1])
    scores = q @ k.transpose(-2, -1) * scale
    if mask is not None:
        if mask.dim() < scores.dim():
            mask = mask.unsqueeze(1)
        scores = scores.masked_fill(~mask, -math.inf)
    weights = softmax(scores, dim=-1)
    return weights @ v, weights
