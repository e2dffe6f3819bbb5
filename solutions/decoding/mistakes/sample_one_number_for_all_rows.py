"""
loses: [sample]
hint:
  en: >-
    All your rows use the number of the first. Look at the shapes of what you compare.
  fr: >-
    Toutes vos lignes utilisent le nombre de la première. Regardez les formes de ce que vous comparez.
"""

import torch


def sample(probs, dice):
    numbers = torch.arange(probs.shape[-1])
    last = torch.where(probs > 0, numbers, 0).amax(dim=-1)
    return torch.minimum((probs.cumsum(dim=-1) <= dice[0]).sum(dim=-1), last)
