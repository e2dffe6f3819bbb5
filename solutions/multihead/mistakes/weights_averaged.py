"""
loses: [heads, masks]
hint:
  en: >-
    You average the weights of the heads before applying them: every head then looks at the same place.
    `nn.MultiheadAttention` averages them too, but only to show them.
  fr: >-
    Vous faites la moyenne des poids des têtes avant de les appliquer : toutes regardent alors au même endroit.
    `nn.MultiheadAttention` en fait aussi la moyenne, mais seulement pour les montrer.
"""

import math


def multi_head_attention(x_q, x_kv, W_q, W_k, W_v, W_o, n_heads, mask=None):
    queries = split_heads(x_q @ W_q, n_heads)
    keys = split_heads(x_kv @ W_k, n_heads)
    values = split_heads(x_kv @ W_v, n_heads)
    scores = queries @ keys.transpose(-2, -1) / math.sqrt(queries.shape[-1])
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    weights = scores.softmax(dim=-1).nan_to_num(0.0)
    answers = weights.mean(dim=1, keepdim=True) @ values
    return merge_heads(answers) @ W_o
