"""
loses: [edges]
hint:
  en: >-
    Your integers can reach 256, and in an unsigned byte 256 is 0: the clamp is missing.
  fr: >-
    Vos entiers peuvent atteindre 256, et dans un octet non signé, 256 est 0 : il manque la borne.
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
    q = torch.round(x / scale) + zero_point
    return q.to(torch.uint8), scale, zero_point.to(torch.int64)
