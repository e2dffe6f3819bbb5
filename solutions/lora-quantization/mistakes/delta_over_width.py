"""
loses: [update]
hint:
  en: >-
    You divide by the width of the input; the rank is the other dimension of `A`.
  fr: >-
    Vous divisez par la largeur de l'entrée ; le rang est l'autre dimension de `A`.
"""


def lora_delta(A, B, alpha):
    return B @ A * (alpha / A.shape[1])
