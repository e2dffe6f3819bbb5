"""
loses: [reward, large]
hint:
  en: >-
    You return the probability of being wrong; the loss is a logarithm.
  fr: >-
    Vous renvoyez la probabilité de se tromper ; la perte est un logarithme.
"""

import torch


def reward_loss(r_chosen, r_rejected):
    return torch.sigmoid(r_rejected - r_chosen).mean()
