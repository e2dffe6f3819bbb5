"""
loses: [masks]
hint:
  en: >-
    You turn the mask into numbers, and 1 is added to the scores of the keys that may be seen: the others stay
    in the race.
  fr: >-
    Vous changez le masque en nombres, et 1 s'ajoute aux scores des clés visibles : les autres restent en
    course.
"""

import torch.nn.functional as F


def multi_head_attention(x_q, x_kv, W_q, W_k, W_v, W_o, n_heads, mask=None):
    queries = split_heads(x_q @ W_q, n_heads)
    keys = split_heads(x_kv @ W_k, n_heads)
    values = split_heads(x_kv @ W_v, n_heads)
    bonus = None if mask is None else mask.to(queries.dtype)
    answers = F.scaled_dot_product_attention(queries, keys, values, attn_mask=bonus)
    return merge_heads(answers) @ W_o
