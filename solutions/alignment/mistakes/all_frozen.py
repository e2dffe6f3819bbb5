"""
loses: [gradients]
hint:
  en: >-
    Policy and reference are both cut off from autograd: only the reference is frozen.
  fr: >-
    Politique et référence sont toutes deux coupées d'autograd : seule la référence est figée.
"""


def implicit_rewards(policy, reference, beta):
    return beta * (policy - reference).detach()
