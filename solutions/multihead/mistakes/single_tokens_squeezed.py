"""
loses: [edges]
hint:
  en: >-
    `squeeze` drops every dimension of size 1: a single token, or a batch of one, loses its own.
  fr: >-
    `squeeze` retire toute dimension de taille 1 : un token unique, ou un lot d'un seul élément, y perd la
    sienne.
"""

import torch.nn.functional as F


def multi_head_attention(x_q, x_kv, W_q, W_k, W_v, W_o, n_heads, mask=None):
    queries = split_heads(x_q @ W_q, n_heads)
    keys = split_heads(x_kv @ W_k, n_heads)
    values = split_heads(x_kv @ W_v, n_heads)
    answers = F.scaled_dot_product_attention(queries, keys, values, attn_mask=mask)
    return (merge_heads(answers) @ W_o).squeeze()
