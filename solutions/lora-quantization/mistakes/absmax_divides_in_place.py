"""
loses: [absmax]
hint:
  en: >-
    You divide the very weights you were given.
  fr: >-
    Vous divisez les poids mêmes qu'on vous a donnés.
"""

import torch


def quantize_absmax(x, bits=8):
    scale = x.abs().amax() / (2 ** (bits - 1) - 1)
    scale = torch.where(scale > 0, scale, 1.0)
    return x.div_(scale).round().to(torch.int8), scale
