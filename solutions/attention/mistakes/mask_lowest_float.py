"""
loses: [mask]
hint:
  en: >-
    You give masked keys the lowest finite number of the dtype. For a query whose keys are all masked, the scores
    are then all equal and the weights uniform.
  fr: >-
    Vous donnez aux clés masquées le plus petit nombre fini du dtype. Une requête dont toutes les clés sont
    masquées a alors des scores tous égaux, et des poids uniformes.
"""

import math

import torch


def scaled_dot_product_attention(q, k, v, mask=None, scale=None):
    if scale is None:
        scale = 1.0 / math.sqrt(q.shape[-1])
    scores = q @ k.transpose(-2, -1) * scale
    if mask is not None:
        scores = scores.masked_fill(~mask, torch.finfo(scores.dtype).min)
    weights = softmax(scores, dim=-1)
    return weights @ v, weights
