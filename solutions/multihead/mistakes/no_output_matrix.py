"""
loses: [projections]
hint:
  en: >-
    You return the heads side by side as they are. What is `W_o` for?
  fr: >-
    Vous renvoyez les têtes côte à côte telles quelles. À quoi sert `W_o` ?
"""

import torch.nn.functional as F


def multi_head_attention(x_q, x_kv, W_q, W_k, W_v, W_o, n_heads, mask=None):
    queries = split_heads(x_q @ W_q, n_heads)
    keys = split_heads(x_kv @ W_k, n_heads)
    values = split_heads(x_kv @ W_v, n_heads)
    answers = F.scaled_dot_product_attention(queries, keys, values, attn_mask=mask)
    return merge_heads(answers)
