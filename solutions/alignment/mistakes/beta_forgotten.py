"""
loses: [dpo]
hint:
  en: >-
    Beta does not enter your implicit rewards.
  fr: >-
    Beta n'entre pas dans vos récompenses implicites.
"""


def implicit_rewards(policy, reference, beta):
    return policy - reference.detach()
