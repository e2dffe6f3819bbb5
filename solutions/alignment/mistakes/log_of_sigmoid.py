"""
loses: [large]
hint:
  en: >-
    For a pair far in the wrong order, the sigmoid is exactly 0 and its logarithm infinite (written out, the
    exponential is infinite). The loss itself is close to the difference: compute it in one go.
  fr: >-
    Pour une paire très loin dans le mauvais ordre, la sigmoïde vaut exactement 0 et son logarithme est
    infini (une fois développée, c'est l'exponentielle qui est infinie). La perte elle-même est proche de
    l'écart : calculez-la d'un seul coup.
"""

import torch


def reward_loss(r_chosen, r_rejected):
    return -torch.log(torch.sigmoid(r_chosen - r_rejected)).mean()
