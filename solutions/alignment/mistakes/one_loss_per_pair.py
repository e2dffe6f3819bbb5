"""
loses: [reward, shapes]
hint:
  en: >-
    You return one loss per pair; their mean is missing.
  fr: >-
    Vous renvoyez une perte par paire ; il manque leur moyenne.
"""

import torch.nn.functional as F


def reward_loss(r_chosen, r_rejected):
    return -F.logsigmoid(r_chosen - r_rejected)
