"""
loses: [shapes]
hint:
  en: >-
    You swap the first two dimensions of `k`. That is right for one matrix; in a batch, the first dimensions are
    the batch and the heads.
  fr: >-
    Vous échangez les deux premières dimensions de `k`. C'est juste pour une seule matrice ; dans un lot, les
    premières dimensions sont le lot et les têtes.
"""

import math


def scaled_dot_product_attention(q, k, v, mask=None, scale=None):
    if scale is None:
        scale = 1.0 / math.sqrt(q.shape[-1])
    scores = q @ k.transpose(0, 1) * scale
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    weights = softmax(scores, dim=-1)
    return weights @ v, weights
