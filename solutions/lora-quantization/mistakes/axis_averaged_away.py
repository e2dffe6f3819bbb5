"""
loses: [affine, edges]
hint:
  en: >-
    You take the minimum along `axis`: that leaves a range for everything but `axis`.
  fr: >-
    Vous prenez le minimum le long de `axis` : il reste un intervalle pour tout sauf `axis`.
"""

import torch


def quantize_affine(x, bits=8, axis=None):
    own = axis is not None
    others = [axis] if own else list(range(x.dim()))
    low = x.amin(dim=others, keepdim=own).clamp(max=0)
    high = x.amax(dim=others, keepdim=own).clamp(min=0)
    top = 2**bits - 1
    scale = (high - low) / top
    scale = torch.where(scale > 0, scale, 1.0)
    zero_point = torch.round(-low / scale)
    q = (torch.round(x / scale) + zero_point).clamp(0, top)
    return q.to(torch.uint8), scale, zero_point.to(torch.int64)
