"""
loses: [projections, masks]
hint:
  en: >-
    Your keys and values come from `x_q`: everybody looks at the tokens that ask, and `x_kv` is never read. In
    self-attention this does not show.
  fr: >-
    Vos clés et vos valeurs viennent de `x_q` : on regarde les tokens qui interrogent, et `x_kv` n'est jamais
    lu. En auto-attention, cela ne se voit pas.
"""

import torch.nn.functional as F


def multi_head_attention(x_q, x_kv, W_q, W_k, W_v, W_o, n_heads, mask=None):
    queries = split_heads(x_q @ W_q, n_heads)
    keys = split_heads(x_q @ W_k, n_heads)
    values = split_heads(x_q @ W_v, n_heads)
    answers = F.scaled_dot_product_attention(queries, keys, values, attn_mask=mask)
    return merge_heads(answers) @ W_o
