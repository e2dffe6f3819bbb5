"""
loses: [dpo]
hint:
  en: >-
    You use the ratio of the probabilities; the reward is its logarithm.
  fr: >-
    Vous prenez le rapport des probabilités ; la récompense est son logarithme.
"""

import torch


def implicit_rewards(policy, reference, beta):
    return beta * torch.exp(policy - reference.detach())
