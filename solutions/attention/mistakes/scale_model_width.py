"""
loses: [shapes]
hint:
  en: >-
    You scale by the width of the model, all heads together. A dot product only runs over the width of one head.
  fr: >-
    Vous réduisez par la largeur du modèle, toutes têtes réunies. Or un produit scalaire ne parcourt que la
    largeur d'une tête.
"""

import math


def scaled_dot_product_attention(q, k, v, mask=None, scale=None):
    if scale is None:
        heads = q.shape[-3] if q.dim() >= 4 else 1
        scale = 1.0 / math.sqrt(heads * q.shape[-1])
    scores = q @ k.transpose(-2, -1) * scale
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    weights = softmax(scores, dim=-1)
    return weights @ v, weights
