"""
loses: [projections, heads, masks, edges]
hint:
  en: >-
    Your softmax runs over the queries: they share each key among themselves. Who must share 1 among whom?
  fr: >-
    Votre softmax porte sur les requêtes : elles se partagent chaque clé. Qui doit partager 1 entre qui ?
"""

import math


def multi_head_attention(x_q, x_kv, W_q, W_k, W_v, W_o, n_heads, mask=None):
    queries = split_heads(x_q @ W_q, n_heads)
    keys = split_heads(x_kv @ W_k, n_heads)
    values = split_heads(x_kv @ W_v, n_heads)
    scores = queries @ keys.transpose(-2, -1) / math.sqrt(queries.shape[-1])
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    answers = scores.softmax(dim=-2).nan_to_num(0.0) @ values
    return merge_heads(answers) @ W_o
