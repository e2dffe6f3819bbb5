"""
loses: [dpo]
hint:
  en: >-
    The reference does not enter your loss: nothing keeps the policy near it, and equal models do not pay ln
    2.
  fr: >-
    La référence n'entre pas dans votre perte : rien ne retient la politique près d'elle, et des modèles
    égaux ne paient pas ln 2.
"""


def dpo_loss(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta):
    return reward_loss(beta * policy_chosen, beta * policy_rejected)
