"""
loses: [masks]
hint:
  en: >-
    You hide what the mask lets through: here and in `F.scaled_dot_product_attention` True means attend; it is
    `nn.MultiheadAttention` that says the opposite.
  fr: >-
    Vous cachez ce que le masque laisse voir : ici et dans `F.scaled_dot_product_attention`, True veut dire que
    l'on peut regarder ; c'est `nn.MultiheadAttention` qui dit le contraire.
"""

import torch.nn.functional as F


def multi_head_attention(x_q, x_kv, W_q, W_k, W_v, W_o, n_heads, mask=None):
    queries = split_heads(x_q @ W_q, n_heads)
    keys = split_heads(x_kv @ W_k, n_heads)
    values = split_heads(x_kv @ W_v, n_heads)
    hidden = None if mask is None else ~mask
    answers = F.scaled_dot_product_attention(queries, keys, values, attn_mask=hidden)
    return merge_heads(answers) @ W_o
