"""
loses: [masks]
hint:
  en: >-
    A large negative score still takes part: when all the keys of a query are hidden, they share 1 among
    themselves.
  fr: >-
    Un grand score négatif joue encore : quand toutes les clés d'une requête sont cachées, elles se partagent 1.
"""

import math


def multi_head_attention(x_q, x_kv, W_q, W_k, W_v, W_o, n_heads, mask=None):
    queries = split_heads(x_q @ W_q, n_heads)
    keys = split_heads(x_kv @ W_k, n_heads)
    values = split_heads(x_kv @ W_v, n_heads)
    scores = queries @ keys.transpose(-2, -1) / math.sqrt(queries.shape[-1])
    if mask is not None:
        scores = scores.masked_fill(~mask, -1e9)
    answers = scores.softmax(dim=-1) @ values
    return merge_heads(answers) @ W_o
