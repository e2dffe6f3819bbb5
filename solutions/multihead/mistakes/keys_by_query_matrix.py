"""
loses: [projections, heads]
hint:
  en: >-
    Your keys are projected by the matrix of the queries: each of the two has its own.
  fr: >-
    Vos clés sont projetées par la matrice des requêtes : chacune des deux a la sienne.
"""

import torch.nn.functional as F


def multi_head_attention(x_q, x_kv, W_q, W_k, W_v, W_o, n_heads, mask=None):
    queries = split_heads(x_q @ W_q, n_heads)
    keys = split_heads(x_kv @ W_q, n_heads)
    values = split_heads(x_kv @ W_v, n_heads)
    answers = F.scaled_dot_product_attention(queries, keys, values, attn_mask=mask)
    return merge_heads(answers) @ W_o
