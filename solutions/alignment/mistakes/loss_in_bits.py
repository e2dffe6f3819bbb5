"""
loses: [reward, large]
hint:
  en: >-
    Your loss is in bits: the logarithm is the natural one.
  fr: >-
    Votre perte est en bits : le logarithme est le logarithme naturel.
"""

import torch.nn.functional as F


def reward_loss(r_chosen, r_rejected):
    return -F.logsigmoid(r_chosen - r_rejected).mean() / 0.6931471805599453
