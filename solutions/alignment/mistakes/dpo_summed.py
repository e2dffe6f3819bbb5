"""
loses: [dpo]
hint:
  en: >-
    Your dpo_loss is the sum over the pairs; the mean is asked for.
  fr: >-
    Votre dpo_loss est la somme sur les paires ; on demande la moyenne.
"""

import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta):
    chosen = implicit_rewards(policy_chosen, reference_chosen, beta)
    rejected = implicit_rewards(policy_rejected, reference_rejected, beta)
    return -F.logsigmoid(chosen - rejected).sum()
