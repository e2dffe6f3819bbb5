"""
loses: [masks]
hint:
  en: >-
    Whatever the mask says, you hide what follows: a mask is not always causal.
  fr: >-
    Quoi que dise le masque, vous cachez la suite : un masque n'est pas toujours causal.
"""

import torch.nn.functional as F


def multi_head_attention(x_q, x_kv, W_q, W_k, W_v, W_o, n_heads, mask=None):
    queries = split_heads(x_q @ W_q, n_heads)
    keys = split_heads(x_kv @ W_k, n_heads)
    values = split_heads(x_kv @ W_v, n_heads)
    answers = F.scaled_dot_product_attention(queries, keys, values, is_causal=mask is not None)
    return merge_heads(answers) @ W_o
