r"""
loses: [sinusoidal]
hint:
  en: 'Your table has all the sines on the left and all the cosines on the right. Each angle gives two neighbouring columns: its sine, then its cosine.'
  fr: 'Votre table a tous les sinus à gauche et tous les cosinus à droite. Chaque angle donne deux colonnes voisines : son sinus, puis son cosinus.'
"""

import torch


def sinusoidal(T, d):
    angle = torch.arange(T).float().unsqueeze(1) / 10000 ** (torch.arange(0, d, 2) / d)
    return torch.cat([angle.sin(), angle[:, : d // 2].cos()], dim=1)
