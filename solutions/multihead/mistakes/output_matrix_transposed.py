"""
loses: [projections]
hint:
  en: >-
    `W_o` is transposed on its way. How many rows must it have to stand on the right of the heads side by side?
  fr: >-
    `W_o` est transposée en chemin. Combien de lignes lui faut-il pour se tenir à droite des têtes mises côte à
    côte ?
"""

import torch.nn.functional as F


def multi_head_attention(x_q, x_kv, W_q, W_k, W_v, W_o, n_heads, mask=None):
    queries = split_heads(x_q @ W_q, n_heads)
    keys = split_heads(x_kv @ W_k, n_heads)
    values = split_heads(x_kv @ W_v, n_heads)
    answers = F.scaled_dot_product_attention(queries, keys, values, attn_mask=mask)
    return merge_heads(answers) @ W_o.T
