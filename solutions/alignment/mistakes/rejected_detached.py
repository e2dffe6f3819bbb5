"""
loses: [large, gradients]
hint:
  en: >-
    Only the chosen answer learns: the reward of the rejected one leaves the graph of autograd.
  fr: >-
    Seule la réponse préférée apprend : la récompense de la réponse rejetée sort du graphe d'autograd.
"""

import torch.nn.functional as F


def reward_loss(r_chosen, r_rejected):
    return -F.logsigmoid(r_chosen - r_rejected.detach()).mean()
