"""
loses: [dpo, gradients]
hint:
  en: >-
    Only the chosen answers enter your dpo_loss: nothing in it makes the rejected ones less probable.
  fr: >-
    Seules les réponses préférées entrent dans votre dpo_loss : rien n'y rend les réponses rejetées moins
    probables.
"""

import torch


def dpo_loss(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta):
    return reward_loss(implicit_rewards(policy_chosen, reference_chosen, beta), torch.zeros_like(policy_chosen))
