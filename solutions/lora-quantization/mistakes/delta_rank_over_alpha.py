"""
loses: [update]
hint:
  en: >-
    Your factor is upside down: a larger `alpha` should make the correction larger.
  fr: >-
    Votre facteur est à l'envers : un plus grand `alpha` devrait donner une plus grande correction.
"""


def lora_delta(A, B, alpha):
    return B @ A * (len(A) / alpha)
