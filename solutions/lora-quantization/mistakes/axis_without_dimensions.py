"""
loses: [affine, edges]
hint:
  en: >-
    Your scales have lost the dimensions of size 1 that would let them broadcast.
  fr: >-
    Vos échelles ont perdu les dimensions de taille 1 qui leur permettraient de se diffuser.
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
    q = (torch.round(x / scale) + zero_point).clamp(0, top)
    return q.to(torch.uint8), scale.flatten() if own else scale, (zero_point.flatten() if own else zero_point).long()
