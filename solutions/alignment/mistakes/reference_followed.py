"""
loses: [gradients]
hint:
  en: >-
    A gradient flows to the reference: it would be trained too, in the opposite direction.
  fr: >-
    Un gradient remonte à la référence : elle serait entraînée aussi, dans la direction opposée.
"""


def implicit_rewards(policy, reference, beta):
    return beta * (policy - reference)
