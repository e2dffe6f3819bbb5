"""
loses: [heads, edges]
hint:
  en: >-
    You scale the queries, and torch's attention scales the scores once more.
  fr: >-
    Vous mettez les requêtes à l'échelle, et l'attention de torch y remet les scores une fois de plus.
"""

import math

import torch.nn.functional as F


def multi_head_attention(x_q, x_kv, W_q, W_k, W_v, W_o, n_heads, mask=None):
    queries = split_heads(x_q @ W_q, n_heads)
    keys = split_heads(x_kv @ W_k, n_heads)
    values = split_heads(x_kv @ W_v, n_heads)
    queries = queries / math.sqrt(queries.shape[-1])
    answers = F.scaled_dot_product_attention(queries, keys, values, attn_mask=mask)
    return merge_heads(answers) @ W_o
