"""
loses: [reward]
hint:
  en: >-
    Your loss falls when the rejected answer gets the higher reward: the difference is taken the wrong way
    round.
  fr: >-
    Votre perte baisse quand la réponse rejetée reçoit la meilleure récompense : la différence est prise à
    l'envers.
"""

import torch.nn.functional as F


def reward_loss(r_chosen, r_rejected):
    return -F.logsigmoid(r_rejected - r_chosen).mean()
