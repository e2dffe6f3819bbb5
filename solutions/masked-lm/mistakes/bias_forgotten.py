"""
loses: [classes]
hint:
  en: >-
    Your logits have no bias.
  fr: >-
    Vos logits n'ont pas de biais.
"""


def classification_logits(hidden, mask, weight, bias):
    return masked_mean_pool(hidden, mask) @ weight.T
