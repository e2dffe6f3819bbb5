"""
loses: [one-hot]
hint:
  en: 'An id outside the vocabulary gives a vector of zeros in silence; it must be refused.'
  fr: 'Un identifiant hors du vocabulaire donne en silence un vecteur nul ; il faut le refuser.'
"""

import torch


def one_hot(ids, n):
    return (ids.unsqueeze(-1) == torch.arange(n)).float()
