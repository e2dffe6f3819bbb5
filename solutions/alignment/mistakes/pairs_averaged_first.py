"""
loses: [dpo]
hint:
  en: >-
    The implicit rewards are averaged over the pairs before the loss: each pair has a loss of its own first.
  fr: >-
    Les récompenses implicites sont moyennées sur les paires avant la perte : chaque paire a d'abord sa
    propre perte.
"""


def dpo_loss(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta):
    chosen = implicit_rewards(policy_chosen, reference_chosen, beta)
    rejected = implicit_rewards(policy_rejected, reference_rejected, beta)
    return reward_loss(chosen.mean(0, keepdim=True), rejected.mean(0, keepdim=True))
