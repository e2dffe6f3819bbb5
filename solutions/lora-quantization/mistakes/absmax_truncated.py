"""
loses: [absmax, edges]
hint:
  en: >-
    You cut off the decimals: `to(torch.int8)` does not round.
  fr: >-
    Vous coupez les décimales : `to(torch.int8)` n'arrondit pas.
"""

import torch


def quantize_absmax(x, bits=8):
    scale = x.abs().amax() / (2 ** (bits - 1) - 1)
    scale = torch.where(scale > 0, scale, 1.0)
    return (x / scale).to(torch.int8), scale
