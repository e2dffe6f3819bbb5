"""
loses: [invariants]
hint:
  en: >-
    You write into `W_q`: the caller's weights shrink at every call.
  fr: >-
    Vous écrivez dans `W_q` : les poids de l'appelant rétrécissent à chaque appel.
"""

import torch.nn.functional as F


def multi_head_attention(x_q, x_kv, W_q, W_k, W_v, W_o, n_heads, mask=None):
    size = W_q.shape[1] // max(n_heads, 1)
    queries = split_heads(x_q @ W_q.data.mul_(size**-0.5), n_heads)
    keys = split_heads(x_kv @ W_k, n_heads)
    values = split_heads(x_kv @ W_v, n_heads)
    answers = F.scaled_dot_product_attention(queries, keys, values, attn_mask=mask, scale=1.0)
    return merge_heads(answers) @ W_o
