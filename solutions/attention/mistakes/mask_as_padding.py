"""
loses: [mask]
hint:
  en: >-
    You reduce the mask to one row that serves all queries. That is enough for padding; in a causal mask every
    query has a row of its own.
  fr: >-
    Vous réduisez le masque à une seule ligne pour toutes les requêtes. Cela suffit pour le padding ; dans un
    masque causal, chaque requête a sa propre ligne.
"""

import math


def scaled_dot_product_attention(q, k, v, mask=None, scale=None):
    if scale is None:
        scale = 1.0 / math.sqrt(q.shape[-1])
    scores = q @ k.transpose(-2, -1) * scale
    if mask is not None:
        kept = mask.any(dim=-2, keepdim=True)
        scores = scores.masked_fill(~kept, -math.inf)
    weights = softmax(scores, dim=-1)
    return weights @ v, weights
