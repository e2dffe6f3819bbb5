"""
loses: [absmax, edges]
hint:
  en: >-
    You divide by $2^{bits-1}$: with 8 bits the largest weight becomes 128, and in an int8 128 is -128.
  fr: >-
    Vous divisez par $2^{bits-1}$ : sur 8 bits, le plus grand poids devient 128, et dans un int8, 128 est -128.
"""

import torch


def quantize_absmax(x, bits=8):
    scale = x.abs().amax() / 2 ** (bits - 1)
    scale = torch.where(scale > 0, scale, 1.0)
    return torch.round(x / scale).to(torch.int8), scale
