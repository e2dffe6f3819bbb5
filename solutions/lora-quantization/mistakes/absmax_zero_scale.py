"""
loses: [edges]
hint:
  en: >-
    A tensor of zeros gets a scale of 0, or nearly, in `quantize_absmax`: the text asks for another number.
  fr: >-
    Un tenseur de zéros reçoit une échelle nulle, ou presque, dans `quantize_absmax` : l'énoncé demande un autre nombre.
"""

import torch


def quantize_absmax(x, bits=8):
    scale = x.abs().amax() / (2 ** (bits - 1) - 1)
    return torch.round(x / scale).to(torch.int8), scale
