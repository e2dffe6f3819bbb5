"""
loses: [absmax, edges]
hint:
  en: >-
    You use the 127 of 8 bits whatever `bits` says.
  fr: >-
    Vous prenez le 127 des 8 bits quoi que dise `bits`.
"""

import torch


def quantize_absmax(x, bits=8):
    scale = x.abs().amax() / 127
    scale = torch.where(scale > 0, scale, 1.0)
    return torch.round(x / scale).to(torch.int8), scale
