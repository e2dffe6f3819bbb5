"""
loses: [edges]
hint:
  en: >-
    You round halves up in `quantize_affine`; they go to the even neighbour.
  fr: >-
    Vous arrondissez les demis vers le haut dans `quantize_affine` ; ils vont au voisin pair.
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
    zero_point = torch.floor(-low / scale + 0.5)
    q = (torch.floor(x / scale + 0.5) + zero_point).clamp(0, top)
    return q.to(torch.uint8), scale, zero_point.to(torch.int64)
