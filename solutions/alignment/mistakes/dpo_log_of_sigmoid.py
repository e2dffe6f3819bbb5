"""
loses: [large]
hint:
  en: >-
    In dpo_loss, the sigmoid of a very negative number is exactly 0 and its logarithm infinite. You have
    already written a loss that does better.
  fr: >-
    Dans dpo_loss, la sigmoïde d'un nombre très négatif vaut exactement 0 et son logarithme est infini. Vous
    avez déjà écrit une perte qui fait mieux.
"""

import torch


def dpo_loss(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta):
    chosen = implicit_rewards(policy_chosen, reference_chosen, beta)
    rejected = implicit_rewards(policy_rejected, reference_rejected, beta)
    return -torch.log(torch.sigmoid(chosen - rejected)).mean()
