"""
loses: [masks]
hint:
  en: >-
    A mask may have a row of its own for each head; yours takes that of the first head for all.
  fr: >-
    Un masque peut différer d'une tête à l'autre ; vous prenez celui de la première pour toutes.
"""

import torch.nn.functional as F


def multi_head_attention(x_q, x_kv, W_q, W_k, W_v, W_o, n_heads, mask=None):
    queries = split_heads(x_q @ W_q, n_heads)
    keys = split_heads(x_kv @ W_k, n_heads)
    values = split_heads(x_kv @ W_v, n_heads)
    if mask is not None and mask.dim() == 4:
        mask = mask[:, :1]
    answers = F.scaled_dot_product_attention(queries, keys, values, attn_mask=mask)
    return merge_heads(answers) @ W_o
