"""
loses: [large]
hint:
  en: >-
    The sigmoid of a very negative number is exactly 0, and its logarithm infinite. Compute both in one go.
  fr: >-
    La sigmoïde d'un nombre très négatif vaut exactement 0, et son logarithme est infini. Calculez les deux
    d'un seul coup.
"""

import torch


def reward_loss(r_chosen, r_rejected):
    return -torch.log(torch.sigmoid(r_chosen - r_rejected)).mean()
