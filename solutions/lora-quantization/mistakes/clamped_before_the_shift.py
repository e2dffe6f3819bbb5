"""
loses: [affine, edges]
hint:
  en: >-
    You clamp before you add the zero point: every negative number is lost.
  fr: >-
    Vous bornez avant d'ajouter le point zéro : tous les nombres négatifs sont perdus.
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
    zero_point = torch.round(-low / scale)
    q = torch.round(x / scale).clamp(0, top) + zero_point
    return q.to(torch.uint8), scale, zero_point.to(torch.int64)
