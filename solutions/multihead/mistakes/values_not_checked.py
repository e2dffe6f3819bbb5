"""
loses: [edges]
hint:
  en: >-
    You check the width of the queries, not that of the values: when the heads do not divide the latter, no
    ValueError comes.
  fr: >-
    Vous vérifiez la largeur des requêtes, pas celle des valeurs : quand les têtes ne divisent pas cette
    dernière, aucune ValueError ne vient.
"""

import torch.nn.functional as F


def multi_head_attention(x_q, x_kv, W_q, W_k, W_v, W_o, n_heads, mask=None):
    queries = split_heads(x_q @ W_q, n_heads)
    keys = split_heads(x_kv @ W_k, n_heads)
    size = W_v.shape[1] // n_heads
    values = split_heads((x_kv @ W_v)[:, :, : n_heads * size], n_heads)
    answers = F.scaled_dot_product_attention(queries, keys, values, attn_mask=mask)
    return merge_heads(answers) @ W_o[: n_heads * size]
