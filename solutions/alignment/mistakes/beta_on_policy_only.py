"""
loses: [dpo]
hint:
  en: >-
    Beta multiplies the policy's log-probability only; it belongs to the difference.
  fr: >-
    Beta ne multiplie que la log-probabilité de la politique ; il porte sur la différence.
"""


def implicit_rewards(policy, reference, beta):
    return beta * policy - reference.detach()
