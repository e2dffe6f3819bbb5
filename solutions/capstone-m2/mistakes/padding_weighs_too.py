"""
loses: [pooling]
hint:
  en: >-
    Every position of a row has the same weight, padding included: where does the mask enter?
  fr: >-
    Toutes les positions d'une ligne ont le même poids, remplissage compris : où le masque entre-t-il ?
"""

import torch


def mean_weights(mask):
    return torch.full(mask.shape, 1 / mask.shape[1])
