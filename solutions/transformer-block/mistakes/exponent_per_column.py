r"""
loses: [sinusoidal, positions]
hint:
  en: 'The sine and the cosine of one pair turn at different speeds in your table: each column has its own exponent, where both columns of a pair share one.'
  fr: 'Le sinus et le cosinus d''une même paire tournent à des vitesses différentes dans votre table : chaque colonne a son propre exposant, alors que les deux colonnes d''une paire le partagent.'
"""

import torch


def sinusoidal(T, d):
    column = torch.arange(d)
    angle = torch.arange(T).float().unsqueeze(1) / 10000 ** (column / d)
    return torch.where(column % 2 == 0, angle.sin(), angle.cos())
