"""
loses: [reward]
hint:
  en: >-
    Each chosen answer is compared with the rejected answers of all pairs: a dimension too many was
    broadcast.
  fr: >-
    Chaque réponse préférée est comparée aux réponses rejetées de toutes les paires : une dimension de trop a
    été diffusée (broadcast).
"""

import torch.nn.functional as F


def reward_loss(r_chosen, r_rejected):
    return -F.logsigmoid(r_chosen.unsqueeze(1) - r_rejected.unsqueeze(0)).mean()
