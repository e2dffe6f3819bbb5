r"""
loses: [sinusoidal]
hint:
  en: 'In each pair of columns your cosine comes before your sine. Compare with the formula for an even column.'
  fr: 'Dans chaque paire de colonnes, votre cosinus vient avant votre sinus. Comparez avec la formule d''une colonne paire.'
"""

import torch


def sinusoidal(T, d):
    angle = torch.arange(T).float().unsqueeze(1) / 10000 ** (torch.arange(0, d, 2) / d)
    table = torch.empty(T, d)
    table[:, 0::2] = angle.cos()
    table[:, 1::2] = angle[:, : d // 2].sin()
    return table
