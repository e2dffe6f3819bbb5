"""
loses: [dpo]
hint:
  en: >-
    Beta multiplies the whole loss; it belongs inside the sigmoid, with the log-ratios.
  fr: >-
    Beta multiplie toute la perte ; sa place est dans la sigmoïde, avec les log-rapports.
"""


def dpo_loss(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta):
    chosen = implicit_rewards(policy_chosen, reference_chosen, 1.0)
    return beta * reward_loss(chosen, implicit_rewards(policy_rejected, reference_rejected, 1.0))
