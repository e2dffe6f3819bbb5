"""
loses: [projections]
hint:
  en: >-
    `W_q` is transposed on its way, the other matrices are not. With a square matrix no error is raised.
  fr: >-
    `W_q` est transposée en chemin, et pas les autres. Avec une matrice carrée, aucune erreur n'est levée.
"""

import torch.nn.functional as F


def multi_head_attention(x_q, x_kv, W_q, W_k, W_v, W_o, n_heads, mask=None):
    queries = split_heads(x_q @ W_q.T, n_heads)
    keys = split_heads(x_kv @ W_k, n_heads)
    values = split_heads(x_kv @ W_v, n_heads)
    answers = F.scaled_dot_product_attention(queries, keys, values, attn_mask=mask)
    return merge_heads(answers) @ W_o
