"""
loses: [absmax, edges]
hint:
  en: >-
    You spread $2^{bits} - 1$ steps over one side of zero: half of them belong to the other.
  fr: >-
    Vous étalez $2^{bits} - 1$ pas d'un seul côté de zéro : la moitié revient à l'autre.
"""

import torch


def quantize_absmax(x, bits=8):
    scale = x.abs().amax() / (2**bits - 1)
    scale = torch.where(scale > 0, scale, 1.0)
    return torch.round(x / scale).to(torch.int8), scale
