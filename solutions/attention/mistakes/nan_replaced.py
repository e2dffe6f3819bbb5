"""
loses: [invariants]
hint:
  en: >-
    You replace NaN by 0 once it is there: the result looks right, but the gradient has gone through the NaN. Keep
    it from arising at all.
  fr: >-
    Vous remplacez NaN par 0 une fois qu'il est là : le résultat semble juste, mais le gradient est passé par le
    NaN. Empêchez-le d'apparaître.
"""

import math

import torch


def softmax(x, dim=-1):
    exps = (x - x.amax(dim=dim, keepdim=True)).exp()
    return (exps / exps.sum(dim=dim, keepdim=True)).nan_to_num(0.0)


def scaled_dot_product_attention(q, k, v, mask=None, scale=None):
    if scale is None:
        scale = 1.0 / math.sqrt(q.shape[-1])
    scores = q @ k.transpose(-2, -1) * scale
    if mask is not None:
        scores = scores + torch.zeros(mask.shape, dtype=scores.dtype).masked_fill(~mask, -math.inf)
    weights = softmax(scores, dim=-1)
    return weights @ v, weights
