"""
loses: [mask]
hint:
  en: >-
    You add the bool mask to the scores: True counts as 1 and False as 0, so nothing is hidden. Only a mask of 0
    and -inf can be added.
  fr: >-
    Vous ajoutez le masque de bool aux scores : True compte pour 1 et False pour 0, et rien n'est caché. Seul un
    masque de 0 et de -inf s'ajoute.
"""

import math


def scaled_dot_product_attention(q, k, v, mask=None, scale=None):
    if scale is None:
        scale = 1.0 / math.sqrt(q.shape[-1])
    scores = q @ k.transpose(-2, -1) * scale
    if mask is not None:
        scores = scores + mask
    weights = softmax(scores, dim=-1)
    return weights @ v, weights
