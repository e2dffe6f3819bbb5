"""
loses: [projections, heads, masks, edges]
hint:
  en: >-
    Your softmax runs over the heads: they compete with one another, and the keys share nothing. Which dimension
    of `[B, H, T_q, T_k]` must sum to 1?
  fr: >-
    Votre softmax porte sur les têtes : elles rivalisent entre elles, et les clés ne se partagent rien. Laquelle
    des dimensions de `[B, H, T_q, T_k]` doit sommer à 1 ?
"""

import math


def multi_head_attention(x_q, x_kv, W_q, W_k, W_v, W_o, n_heads, mask=None):
    queries = split_heads(x_q @ W_q, n_heads)
    keys = split_heads(x_kv @ W_k, n_heads)
    values = split_heads(x_kv @ W_v, n_heads)
    scores = queries @ keys.transpose(-2, -1) / math.sqrt(queries.shape[-1])
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    answers = scores.softmax(dim=1).nan_to_num(0.0) @ values
    return merge_heads(answers) @ W_o
