"""
loses: [projections, heads]
hint:
  en: >-
    All your heads use the queries of the first one. Each head asks its own question.
  fr: >-
    Toutes vos têtes utilisent les requêtes de la première. Chaque tête pose sa propre question.
"""

import torch.nn.functional as F


def multi_head_attention(x_q, x_kv, W_q, W_k, W_v, W_o, n_heads, mask=None):
    queries = split_heads(x_q @ W_q, n_heads)
    keys = split_heads(x_kv @ W_k, n_heads)
    values = split_heads(x_kv @ W_v, n_heads)
    answers = F.scaled_dot_product_attention(queries[:, :1].expand_as(queries), keys, values, attn_mask=mask)
    return merge_heads(answers) @ W_o
