"""
loses: [projections, heads, edges]
hint:
  en: >-
    You ask that the heads divide the width of the input. It is the projections that are cut, and they may have
    other widths.
  fr: >-
    Vous exigez que les têtes divisent la largeur de l'entrée. Ce sont les projections que l'on découpe, et
    elles peuvent avoir d'autres largeurs.
"""

import torch.nn.functional as F


def multi_head_attention(x_q, x_kv, W_q, W_k, W_v, W_o, n_heads, mask=None):
    if n_heads < 1 or x_q.shape[-1] % n_heads:
        raise ValueError("heads")
    size = x_q.shape[-1] // n_heads
    queries, keys, values = (
        (x @ W).unflatten(-1, (n_heads, size)).transpose(1, 2) for x, W in ((x_q, W_q), (x_kv, W_k), (x_kv, W_v))
    )
    answers = F.scaled_dot_product_attention(queries, keys, values, attn_mask=mask)
    return merge_heads(answers) @ W_o
