"""
loses: [masks, invariants]
hint:
  en: >-
    A query that has no key left gives NaN in your softmax: 0 divided by 0.
  fr: >-
    Une requête à qui il ne reste aucune clé donne NaN dans votre softmax : 0 divisé par 0.
"""

import math


def multi_head_attention(x_q, x_kv, W_q, W_k, W_v, W_o, n_heads, mask=None):
    queries = split_heads(x_q @ W_q, n_heads)
    keys = split_heads(x_kv @ W_k, n_heads)
    values = split_heads(x_kv @ W_v, n_heads)
    scores = queries @ keys.transpose(-2, -1) / math.sqrt(queries.shape[-1])
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    answers = scores.softmax(dim=-1) @ values
    return merge_heads(answers) @ W_o
