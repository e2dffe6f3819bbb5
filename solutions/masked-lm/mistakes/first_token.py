"""
loses: [pooling]
hint:
  en: >-
    You return the vector of the first position. The mean over the real tokens was asked for.
  fr: >-
    Vous renvoyez le vecteur de la première position. On demandait la moyenne sur les vrais tokens.
"""


def masked_mean_pool(hidden, mask):
    return hidden[:, 0] * mask.any(dim=1, keepdim=True)
