r"""
loses: [heads, edges]
hint:
  en: >-
    Your scores are bare dot products: nothing divides them by $\sqrt{d_k}$.
  fr: >-
    Vos scores sont des produits scalaires bruts : rien ne les divise par $\sqrt{d_k}$.
"""

import torch.nn.functional as F


def multi_head_attention(x_q, x_kv, W_q, W_k, W_v, W_o, n_heads, mask=None):
    queries = split_heads(x_q @ W_q, n_heads)
    keys = split_heads(x_kv @ W_k, n_heads)
    values = split_heads(x_kv @ W_v, n_heads)
    answers = F.scaled_dot_product_attention(queries, keys, values, attn_mask=mask, scale=1.0)
    return merge_heads(answers) @ W_o
