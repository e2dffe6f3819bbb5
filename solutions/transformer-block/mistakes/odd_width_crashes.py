r"""
loses: [positions]
hint:
  en: 'For an odd d there is one cosine column less than there are sines: your assignment of the cosines does not fit.'
  fr: 'Pour d impair, il y a une colonne de cosinus de moins que de sinus : votre affectation des cosinus ne tient pas dans la table.'
"""

import torch


def sinusoidal(T, d):
    angle = torch.arange(T).float().unsqueeze(1) / 10000 ** (torch.arange(0, d, 2) / d)
    table = torch.empty(T, d)
    table[:, 0::2] = angle.sin()
    table[:, 1::2] = angle.cos()
    return table
