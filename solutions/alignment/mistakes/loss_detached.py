"""
loses: [large, gradients]
hint:
  en: >-
    Your reward_loss leaves the graph of autograd, so that no reward can be learned.
  fr: >-
    Votre reward_loss sort du graphe d'autograd : aucune récompense ne peut s'apprendre.
"""

import torch.nn.functional as F


def reward_loss(r_chosen, r_rejected):
    return -F.logsigmoid(r_chosen.detach() - r_rejected.detach()).mean()
