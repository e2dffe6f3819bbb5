"""
loses: [masks]
hint:
  en: >-
    Your result is the same with and without a mask: does it reach the attention?
  fr: >-
    Votre résultat est le même avec et sans masque : parvient-il jusqu'à l'attention ?
"""

import torch.nn.functional as F


def multi_head_attention(x_q, x_kv, W_q, W_k, W_v, W_o, n_heads, mask=None):
    queries = split_heads(x_q @ W_q, n_heads)
    keys = split_heads(x_kv @ W_k, n_heads)
    values = split_heads(x_kv @ W_v, n_heads)
    answers = F.scaled_dot_product_attention(queries, keys, values)
    return merge_heads(answers) @ W_o
