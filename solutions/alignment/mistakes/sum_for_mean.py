"""
loses: [reward]
hint:
  en: >-
    Your loss grows with the number of pairs: it is their sum, and the mean is asked for.
  fr: >-
    Votre perte grandit avec le nombre de paires : c'est leur somme, alors qu'on demande la moyenne.
"""

import torch.nn.functional as F


def reward_loss(r_chosen, r_rejected):
    return -F.logsigmoid(r_chosen - r_rejected).sum()
