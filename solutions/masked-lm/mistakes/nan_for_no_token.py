"""
loses: [pooling]
hint:
  en: >-
    A text without real tokens gives 0 divided by 0. What must the divisor be at least?
  fr: >-
    Un texte sans vrai token donne 0 divisé par 0. Que doit valoir au moins le diviseur ?
"""


def masked_mean_pool(hidden, mask):
    return hidden.masked_fill(~mask[..., None], 0.0).sum(dim=1) / mask.sum(dim=1, keepdim=True)
