r"""
loses: [sinusoidal, positions]
hint:
  en: 'Your table is a parameter drawn at random, to be learned. That is BERT''s choice; the one asked for here is computed from the position, with sines and cosines.'
  fr: 'Votre table est un paramètre tiré au hasard, à apprendre. C''est le choix de BERT ; celle demandée ici se calcule à partir de la position, avec des sinus et des cosinus.'
"""

import torch


def sinusoidal(T, d):
    return torch.nn.Parameter(torch.randn(T, d, generator=torch.Generator().manual_seed(0)))
