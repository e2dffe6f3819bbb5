"""
loses: [invariants]
hint:
  en: >-
    `cumsum_` writes the sums into the probabilities of the caller.
  fr: >-
    `cumsum_` écrit les sommes dans les probabilités de l'appelant.
"""

import torch


def sample(probs, dice):
    last = torch.where(probs > 0, torch.arange(probs.shape[-1]), 0).amax(dim=-1)
    return torch.minimum((probs.cumsum_(dim=-1) <= dice.unsqueeze(-1)).sum(dim=-1), last)
