"""
loses: [large]
hint:
  en: >-
    A small number inside the logarithm bounds the loss: a pair that is 1000 in the wrong order costs no more
    than one that is 20 in the wrong order, and teaches nothing.
  fr: >-
    Un petit nombre ajouté dans le logarithme borne la perte : une paire fausse de 1000 ne coûte pas plus
    qu'une paire fausse de 20, et n'apprend rien.
"""

import torch


def reward_loss(r_chosen, r_rejected):
    return -torch.log(torch.sigmoid(r_chosen - r_rejected) + 1e-8).mean()
