"""
loses: [projections, heads, masks, edges, invariants]
hint:
  en: >-
    Inside `multi_head_attention` you reshape to `[B, H, T, d/H]` straight away, so that heads hold pieces of
    other tokens. You have a function that cuts correctly.
  fr: >-
    Dans `multi_head_attention`, vous demandez d'emblée la forme `[B, H, T, d/H]` : les têtes contiennent alors
    des morceaux d'autres tokens. Vous avez une fonction qui découpe correctement.
"""

import torch.nn.functional as F


def multi_head_attention(x_q, x_kv, W_q, W_k, W_v, W_o, n_heads, mask=None):
    split_heads(x_kv @ W_v, n_heads)
    split_heads(x_q @ W_q, n_heads)
    queries, keys, values = (
        (x @ W).reshape(x.shape[0], n_heads, x.shape[1], -1) for x, W in ((x_q, W_q), (x_kv, W_k), (x_kv, W_v))
    )
    answers = F.scaled_dot_product_attention(queries, keys, values, attn_mask=mask)
    return answers.reshape(x_q.shape[0], x_q.shape[1], -1) @ W_o
