"""
loses: [large]
hint:
  en: >-
    Your exponential is infinite for a pair far in the wrong order, where the loss is close to the difference
    itself.
  fr: >-
    Votre exponentielle est infinie pour une paire très loin dans le mauvais ordre, là où la perte est proche
    de l'écart lui-même.
"""

import torch


def reward_loss(r_chosen, r_rejected):
    return torch.log1p(torch.exp(r_rejected - r_chosen)).mean()
