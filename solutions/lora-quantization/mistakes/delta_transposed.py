"""
loses: [update]
hint:
  en: >-
    Your correction is the transpose of what the weight needs: `nn.Linear` stores `[d_out, d_in]`.
  fr: >-
    Votre correction est la transposée de ce qu'il faut au poids : `nn.Linear` stocke `[d_out, d_in]`.
"""


def lora_delta(A, B, alpha):
    return (B @ A).T * (alpha / len(A))
