"""
loses: [heads]
hint:
  en: >-
    You divide the scores by the root of the width of a value. A score is a dot product of a query and a key:
    values may be wider or narrower.
  fr: >-
    Vous divisez les scores par la racine de la largeur d'une valeur. Un score est le produit scalaire d'une
    requête et d'une clé : les valeurs peuvent être plus larges, ou plus étroites.
"""

import torch.nn.functional as F


def multi_head_attention(x_q, x_kv, W_q, W_k, W_v, W_o, n_heads, mask=None):
    queries = split_heads(x_q @ W_q, n_heads)
    keys = split_heads(x_kv @ W_k, n_heads)
    values = split_heads(x_kv @ W_v, n_heads)
    scale = values.shape[-1] ** -0.5
    answers = F.scaled_dot_product_attention(queries, keys, values, attn_mask=mask, scale=scale)
    return merge_heads(answers) @ W_o
