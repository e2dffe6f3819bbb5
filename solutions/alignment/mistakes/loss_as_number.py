"""
loses: [shapes, large, gradients]
hint:
  en: >-
    Your reward_loss is a Python number: nothing can be learned from it. Return the tensor.
  fr: >-
    Votre reward_loss est un nombre Python : on ne peut rien en apprendre. Renvoyez le tenseur.
"""

import torch.nn.functional as F


def reward_loss(r_chosen, r_rejected):
    return -F.logsigmoid(r_chosen - r_rejected).mean().item()
