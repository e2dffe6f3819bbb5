"""
loses: [heads, masks, edges]
hint:
  en: >-
    `n_heads` changes nothing in your result: there is a single softmax for the whole width.
  fr: >-
    `n_heads` ne change rien à votre résultat : il n'y a qu'un softmax pour toute la largeur.
"""

import torch.nn.functional as F


def multi_head_attention(x_q, x_kv, W_q, W_k, W_v, W_o, n_heads, mask=None):
    queries, keys, values = (x[:, None] for x in (x_q @ W_q, x_kv @ W_k, x_kv @ W_v))
    answers = F.scaled_dot_product_attention(queries, keys, values, attn_mask=mask)
    return answers[:, 0] @ W_o
