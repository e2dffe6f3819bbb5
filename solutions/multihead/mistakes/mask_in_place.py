"""
loses: [invariants]
hint:
  en: >-
    You invert the caller's mask in place: after the call it says the opposite.
  fr: >-
    Vous inversez sur place le masque de l'appelant : après l'appel, il dit le contraire.
"""

import torch.nn.functional as F


def multi_head_attention(x_q, x_kv, W_q, W_k, W_v, W_o, n_heads, mask=None):
    queries = split_heads(x_q @ W_q, n_heads)
    keys = split_heads(x_kv @ W_k, n_heads)
    values = split_heads(x_kv @ W_v, n_heads)
    if mask is not None:
        hidden = mask.logical_not_()
        mask = ~hidden
    answers = F.scaled_dot_product_attention(queries, keys, values, attn_mask=mask)
    return merge_heads(answers) @ W_o
