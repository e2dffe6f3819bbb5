"""
loses: [gradients]
hint:
  en: >-
    It is the policy whose gradient is cut, and the reference that would learn.
  fr: >-
    C'est le gradient de la politique qui est coupé, et la référence qui apprendrait.
"""


def implicit_rewards(policy, reference, beta):
    return beta * (policy.detach() - reference)
