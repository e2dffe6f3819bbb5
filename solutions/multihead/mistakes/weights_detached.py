"""
loses: [invariants]
hint:
  en: >-
    Your attention weights are cut from the graph: no gradient reaches the queries and the keys, so `W_q` and
    `W_k` never learn.
  fr: >-
    Vos poids d'attention sont coupés du graphe : aucun gradient n'atteint les requêtes et les clés, et `W_q` et
    `W_k` n'apprennent jamais.
"""

import torch.nn.functional as F


def multi_head_attention(x_q, x_kv, W_q, W_k, W_v, W_o, n_heads, mask=None):
    queries = split_heads((x_q @ W_q).detach(), n_heads)
    keys = split_heads((x_kv @ W_k).detach(), n_heads)
    values = split_heads(x_kv @ W_v, n_heads)
    answers = F.scaled_dot_product_attention(queries, keys, values, attn_mask=mask)
    return merge_heads(answers) @ W_o
