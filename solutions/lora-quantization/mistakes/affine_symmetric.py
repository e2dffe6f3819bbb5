"""
loses: [affine, edges]
hint:
  en: >-
    Your range is as wide below zero as above: you waste the integers that nobody uses.
  fr: >-
    Votre intervalle est aussi large sous zéro qu'au-dessus : vous gâchez les entiers dont personne ne se sert.
"""

import torch


def quantize_affine(x, bits=8, axis=None):
    own = axis is not None
    others = [d for d in range(x.dim()) if not own or d != axis % x.dim()]
    low = -x.abs().amax(dim=others, keepdim=own)
    high = x.abs().amax(dim=others, keepdim=own)
    top = 2**bits - 1
    scale = (high - low) / top
    scale = torch.where(scale > 0, scale, 1.0)
    zero_point = torch.round(-low / scale)
    q = (torch.round(x / scale) + zero_point).clamp(0, top)
    return q.to(torch.uint8), scale, zero_point.to(torch.int64)
