"""
loses: [edges]
hint:
  en: >-
    You round halves away from zero in `quantize_absmax`; they go to the even neighbour.
  fr: >-
    Vous éloignez les demis de zéro dans `quantize_absmax` ; ils vont au voisin pair.
"""

import torch


def quantize_absmax(x, bits=8):
    scale = x.abs().amax() / (2 ** (bits - 1) - 1)
    scale = torch.where(scale > 0, scale, 1.0)
    quotient = x / scale
    return (quotient.sign() * torch.floor(quotient.abs() + 0.5)).to(torch.int8), scale
