"""
loses: [projections, heads, edges]
hint:
  en: >-
    Your keys and your values are the same numbers: look at which matrix each of them is multiplied by.
  fr: >-
    Vos clés et vos valeurs sont les mêmes nombres : regardez par quelle matrice chacune est multipliée.
"""

import torch.nn.functional as F


def multi_head_attention(x_q, x_kv, W_q, W_k, W_v, W_o, n_heads, mask=None):
    queries = split_heads(x_q @ W_q, n_heads)
    keys = split_heads(x_kv @ W_k, n_heads)
    values = split_heads(x_kv @ W_k, n_heads)
    answers = F.scaled_dot_product_attention(queries, keys, values, attn_mask=mask)
    return merge_heads(answers) @ W_o
