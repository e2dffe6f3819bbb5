r"""
loses: [positions]
hint:
  en: 'For an odd d your last column is filled with zeros. It is the sine of one more angle.'
  fr: 'Pour d impair, votre dernière colonne est remplie de zéros. C''est le sinus d''un angle de plus.'
"""

import torch


def sinusoidal(T, d):
    table = torch.zeros(T, d)
    angle = torch.arange(T).float().unsqueeze(1) / 10000 ** (torch.arange(0, d - 1, 2) / d)
    table[:, 0 : d - 1 : 2] = angle.sin()
    table[:, 1::2] = angle.cos()
    return table
