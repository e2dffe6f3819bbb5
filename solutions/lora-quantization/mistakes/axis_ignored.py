"""
loses: [affine, edges]
hint:
  en: >-
    All share one scale, whatever `axis` says.
  fr: >-
    Tous partagent une seule échelle, quoi que dise `axis`.
"""

import torch


def quantize_affine(x, bits=8, axis=None):
    own = False
    others = list(range(x.dim()))
    low = x.amin(dim=others, keepdim=own).clamp(max=0)
    high = x.amax(dim=others, keepdim=own).clamp(min=0)
    top = 2**bits - 1
    scale = (high - low) / top
    scale = torch.where(scale > 0, scale, 1.0)
    zero_point = torch.round(-low / scale)
    q = (torch.round(x / scale) + zero_point).clamp(0, top)
    return q.to(torch.uint8), scale, zero_point.to(torch.int64)
