"""
loses: [absmax, edges]
hint:
  en: >-
    You return what you multiplied by; `scale` is what `q` is to be multiplied by.
  fr: >-
    Vous renvoyez ce par quoi vous avez multiplié ; `scale` est ce par quoi on multiplie `q`.
"""

import torch


def quantize_absmax(x, bits=8):
    largest = x.abs().amax()
    scale = torch.where(largest > 0, (2 ** (bits - 1) - 1) / largest, 1.0)
    return torch.round(x * scale).to(torch.int8), scale
