"""
loses: [update]
hint:
  en: >-
    You add the bare product of the factors: what are `alpha` and the rank for?
  fr: >-
    Vous ajoutez le produit des facteurs tel quel : à quoi servent `alpha` et le rang ?
"""


def lora_delta(A, B, alpha):
    return B @ A
