"""
loses: [dpo]
hint:
  en: >-
    The two reference values are crossed: each answer is compared with the reference's value for the same
    answer.
  fr: >-
    Les deux valeurs de la référence sont croisées : chaque réponse se compare à la valeur de la référence
    pour cette même réponse.
"""


def dpo_loss(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta):
    chosen = implicit_rewards(policy_chosen, reference_rejected, beta)
    return reward_loss(chosen, implicit_rewards(policy_rejected, reference_chosen, beta))
