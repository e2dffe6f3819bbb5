r"""
loses: [sinusoidal]
hint:
  en: 'Your first row is that of position 1. At position 0 every angle is 0.'
  fr: 'Votre première ligne est celle de la position 1. À la position 0, tous les angles valent 0.'
"""

import torch


def sinusoidal(T, d):
    angle = torch.arange(1, T + 1).float().unsqueeze(1) / 10000 ** (torch.arange(0, d, 2) / d)
    table = torch.empty(T, d)
    table[:, 0::2] = angle.sin()
    table[:, 1::2] = angle[:, : d // 2].cos()
    return table
