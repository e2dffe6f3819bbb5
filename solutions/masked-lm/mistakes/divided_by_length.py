"""
loses: [pooling]
hint:
  en: >-
    You add up the real tokens and divide by the length of the row, padding included.
  fr: >-
    Vous sommez les vrais tokens et divisez par la longueur de la ligne, remplissage compris.
"""


def masked_mean_pool(hidden, mask):
    return hidden.masked_fill(~mask[..., None], 0.0).mean(dim=1)
