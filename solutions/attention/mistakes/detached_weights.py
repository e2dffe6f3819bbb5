"""
loses: [invariants]
hint:
  en: >-
    Your weights leave the graph that autograd follows, so nothing flows back to the queries and the keys: they
    could never be learned.
  fr: >-
    Vos poids sortent du graphe que suit autograd, et rien ne remonte vers les requêtes et les clés : elles ne
    pourraient jamais être apprises.
"""

import math


def scaled_dot_product_attention(q, k, v, mask=None, scale=None):
    if scale is None:
        scale = 1.0 / math.sqrt(q.shape[-1])
    scores = q @ k.transpose(-2, -1) * scale
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    weights = softmax(scores, dim=-1).detach()
    return weights @ v, weights
