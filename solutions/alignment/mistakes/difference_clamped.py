"""
loses: [large]
hint:
  en: >-
    You clamp the differences: beyond the bound, the loss is wrong and has no gradient.
  fr: >-
    Vous bornez les écarts : au-delà, la perte est fausse et n'a plus de gradient.
"""

import torch.nn.functional as F


def reward_loss(r_chosen, r_rejected):
    return -F.logsigmoid((r_chosen - r_rejected).clamp(-30, 30)).mean()
