"""
loses: [affine, edges]
hint:
  en: >-
    Your zero point has the wrong sign: which integer stands for 0 when the range goes below it?
  fr: >-
    Votre point zéro a le mauvais signe : quel entier représente 0 quand l'intervalle descend plus bas ?
"""

import torch


def quantize_affine(x, bits=8, axis=None):
    own = axis is not None
    others = [d for d in range(x.dim()) if not own or d != axis % x.dim()]
    low = x.amin(dim=others, keepdim=own).clamp(max=0)
    high = x.amax(dim=others, keepdim=own).clamp(min=0)
    top = 2**bits - 1
    scale = (high - low) / top
    scale = torch.where(scale > 0, scale, 1.0)
    zero_point = torch.round(low / scale)
    q = (torch.round(x / scale) - zero_point).clamp(0, top)
    return q.to(torch.uint8), scale, zero_point.to(torch.int64)
