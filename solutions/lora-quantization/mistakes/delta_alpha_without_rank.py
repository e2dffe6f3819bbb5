"""
loses: [update]
hint:
  en: >-
    Your correction grows with the rank: `alpha` is there, what divides it is not.
  fr: >-
    Votre correction grandit avec le rang : `alpha` est là, mais pas ce qui le divise.
"""


def lora_delta(A, B, alpha):
    return alpha * (B @ A)
