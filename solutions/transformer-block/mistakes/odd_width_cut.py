r"""
loses: [positions]
hint:
  en: 'For an odd d you cut a table of width d + 1: its exponents divide by d + 1. The last sine stands alone, but the exponents still divide by d.'
  fr: 'Pour d impair, vous coupez une table de largeur d + 1 : ses exposants se divisent par d + 1. Le dernier sinus est seul, mais les exposants se divisent toujours par d.'
"""

import torch


def sinusoidal(T, d):
    even_d = d + d % 2
    angle = torch.arange(T).float().unsqueeze(1) / 10000 ** (torch.arange(0, even_d, 2) / even_d)
    return torch.stack([angle.sin(), angle.cos()], dim=-1).flatten(1)[:, :d]
