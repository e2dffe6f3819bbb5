r"""
loses: [sinusoidal]
hint:
  en: 'Your frequencies fall too slowly: the exponent holds the number of the pair where the formula has twice that number, the even column.'
  fr: 'Vos fréquences décroissent trop lentement : l''exposant contient le numéro de la paire, là où la formule a son double, le numéro de la colonne paire.'
"""

import torch


def sinusoidal(T, d):
    pairs = (d + 1) // 2
    angle = torch.arange(T).float().unsqueeze(1) / 10000 ** (torch.arange(pairs) / d)
    table = torch.empty(T, d)
    table[:, 0::2] = angle.sin()
    table[:, 1::2] = angle[:, : d // 2].cos()
    return table
