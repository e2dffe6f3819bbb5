"""
loses: [projections]
hint:
  en: >-
    You apply `W_o` to the values, before attention: once heads exist, it would mix them before each has weighed
    its own values.
  fr: >-
    Vous appliquez `W_o` aux valeurs, avant l'attention : dès qu'il y a plusieurs têtes, elle les mélange avant
    que chacune ait pesé ses propres valeurs.
"""

import torch.nn.functional as F


def multi_head_attention(x_q, x_kv, W_q, W_k, W_v, W_o, n_heads, mask=None):
    queries = split_heads(x_q @ W_q, n_heads)
    keys = split_heads(x_kv @ W_k, n_heads)
    values = split_heads(x_kv @ W_v @ W_o, n_heads)
    answers = F.scaled_dot_product_attention(queries, keys, values, attn_mask=mask)
    return merge_heads(answers)
