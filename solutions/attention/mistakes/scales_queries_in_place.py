"""
loses: [invariants]
hint:
  en: >-
    You scale the queries inside the tensor you were given: the caller's `q` changes. Which operator of yours
    writes into it?
  fr: >-
    Vous multipliez les requêtes dans le tenseur reçu : le `q` de l'appelant change. Lequel de vos opérateurs
    écrit dedans ?
"""

import math


def scaled_dot_product_attention(q, k, v, mask=None, scale=None):
    if scale is None:
        scale = 1.0 / math.sqrt(q.shape[-1])
    scores = q.mul_(scale) @ k.transpose(-2, -1)
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    weights = softmax(scores, dim=-1)
    return weights @ v, weights
