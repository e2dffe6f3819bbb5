"""
loses: [projections, masks]
hint:
  en: >-
    Your queries come from `x_kv`, and your keys and values from `x_q`: the answer has one row per token that is
    looked at. Who asks whom?
  fr: >-
    Vos requêtes viennent de `x_kv`, vos clés et valeurs de `x_q` : la réponse a une ligne par token regardé.
    Qui interroge qui ?
"""

import torch.nn.functional as F


def multi_head_attention(x_q, x_kv, W_q, W_k, W_v, W_o, n_heads, mask=None):
    queries = split_heads(x_kv @ W_q, n_heads)
    keys = split_heads(x_q @ W_k, n_heads)
    values = split_heads(x_q @ W_v, n_heads)
    answers = F.scaled_dot_product_attention(queries, keys, values, attn_mask=mask)
    return merge_heads(answers) @ W_o
