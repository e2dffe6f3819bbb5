"""
loses: [affine, edges]
hint:
  en: >-
    Your integers are signed; here they go from 0 on, in a uint8.
  fr: >-
    Vos entiers sont signés ; ici, ils partent de 0, dans un uint8.
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
    return (q - 2 ** (bits - 1)).to(torch.int8), scale, (zero_point - 2 ** (bits - 1)).to(torch.int64)
