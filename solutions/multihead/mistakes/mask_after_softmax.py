"""
loses: [masks]
hint:
  en: >-
    You hide the keys after the softmax: the rest no longer sums to 1. What the hidden keys would have taken
    goes to the others.
  fr: >-
    Vous cachez les clés après le softmax : le reste ne somme plus à 1. Ce que les clés cachées auraient pris
    revient aux autres.
"""

import math


def multi_head_attention(x_q, x_kv, W_q, W_k, W_v, W_o, n_heads, mask=None):
    queries = split_heads(x_q @ W_q, n_heads)
    keys = split_heads(x_kv @ W_k, n_heads)
    values = split_heads(x_kv @ W_v, n_heads)
    scores = queries @ keys.transpose(-2, -1) / math.sqrt(queries.shape[-1])
    weights = scores.softmax(dim=-1)
    if mask is not None:
        weights = weights.masked_fill(~mask, 0.0)
    answers = weights @ values
    return merge_heads(answers) @ W_o
