"""
loses: [absmax]
hint:
  en: >-
    Your integers are still floats: nothing is saved.
  fr: >-
    Vos entiers sont encore des flottants : rien n'est économisé.
"""

import torch


def quantize_absmax(x, bits=8):
    scale = x.abs().amax() / (2 ** (bits - 1) - 1)
    scale = torch.where(scale > 0, scale, 1.0)
    return torch.round(x / scale), scale
