r"""
loses: [sinusoidal]
hint:
  en: 'Your speeds run all the way to 1/10000, the last pair included: you spread them over the number of pairs minus one. In the formula the exponent never reaches 1.'
  fr: 'Vos vitesses vont jusqu''à 1/10000, dernière paire comprise : vous les répartissez sur le nombre de paires moins un. Dans la formule, l''exposant n''atteint jamais 1.'
"""

import torch


def sinusoidal(T, d):
    pairs = (d + 1) // 2
    angle = torch.arange(T).float().unsqueeze(1) / 10000 ** (torch.arange(pairs) / max(pairs - 1, 1))
    table = torch.empty(T, d)
    table[:, 0::2] = angle.sin()
    table[:, 1::2] = angle[:, : d // 2].cos()
    return table
