"""
loses: [update]
hint:
  en: >-
    You divide by the root of the rank, as a later variant (rsLoRA) does; here it is the rank itself.
  fr: >-
    Vous divisez par la racine du rang, comme une variante plus tardive (rsLoRA) ; ici, c'est le rang lui-même.
"""


def lora_delta(A, B, alpha):
    return B @ A * (alpha / len(A) ** 0.5)
