"""
loses: [edges, invariants]
hint:
  en: >-
    Your result is float32 whatever the inputs are. Which line of yours fixes a dtype?
  fr: >-
    Votre résultat est en float32 quelles que soient les entrées. Laquelle de vos lignes fixe un dtype ?
"""

import torch.nn.functional as F


def multi_head_attention(x_q, x_kv, W_q, W_k, W_v, W_o, n_heads, mask=None):
    x_q, x_kv, W_q, W_k, W_v, W_o = (x.float() for x in (x_q, x_kv, W_q, W_k, W_v, W_o))
    queries = split_heads(x_q @ W_q, n_heads)
    keys = split_heads(x_kv @ W_k, n_heads)
    values = split_heads(x_kv @ W_v, n_heads)
    answers = F.scaled_dot_product_attention(queries, keys, values, attn_mask=mask)
    return merge_heads(answers) @ W_o
