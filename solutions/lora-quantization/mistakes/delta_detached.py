"""
loses: [update]
hint:
  en: >-
    Your correction has left the graph: no gradient reaches the factors through it.
  fr: >-
    Votre correction est sortie du graphe : aucun gradient n'atteint les facteurs à travers elle.
"""


def lora_delta(A, B, alpha):
    return B.detach() @ A.detach() * (alpha / len(A))
