"""
loses: [sample]
hint:
  en: >-
    A number exactly between two tokens goes to the left one in your function, and 0 to a token without length.
    Which comparison sends it to the right?
  fr: >-
    Un nombre exactement entre deux tokens va chez vous à celui de gauche, et 0 à un token sans longueur. Quelle
    comparaison l'envoie à droite ?
"""

import torch


def sample(probs, dice):
    numbers = torch.arange(probs.shape[-1])
    last = torch.where(probs > 0, numbers, 0).amax(dim=-1)
    return torch.minimum((probs.cumsum(dim=-1) < dice.unsqueeze(-1)).sum(dim=-1), last)
