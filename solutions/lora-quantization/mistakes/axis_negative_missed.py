"""
loses: [affine]
hint:
  en: >-
    With a negative `axis` no dimension is left out: -1 is the last one.
  fr: >-
    Avec un `axis` négatif, aucune dimension n'est laissée de côté : -1 est la dernière.
"""

import torch


def quantize_affine(x, bits=8, axis=None):
    own = axis is not None
    others = [d for d in range(x.dim()) if d != axis]
    low = x.amin(dim=others, keepdim=own).clamp(max=0)
    high = x.amax(dim=others, keepdim=own).clamp(min=0)
    top = 2**bits - 1
    scale = (high - low) / top
    scale = torch.where(scale > 0, scale, 1.0)
    zero_point = torch.round(-low / scale)
    q = (torch.round(x / scale) + zero_point).clamp(0, top)
    return q.to(torch.uint8), scale, zero_point.to(torch.int64)
