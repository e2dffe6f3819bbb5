"""
loses: [dpo]
hint:
  en: >-
    Chosen and rejected are swapped in dpo_loss: it teaches the policy what people like least.
  fr: >-
    Préférée et rejetée sont échangées dans dpo_loss : la politique apprend ce que les gens aiment le moins.
"""


def dpo_loss(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta):
    chosen = implicit_rewards(policy_chosen, reference_chosen, beta)
    rejected = implicit_rewards(policy_rejected, reference_rejected, beta)
    return reward_loss(rejected, chosen)
