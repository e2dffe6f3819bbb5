"""
loses: [heads]
hint:
  en: >-
    You divide the scores by the root of the whole width, all heads together. Over how many columns does the dot
    product of one head run?
  fr: >-
    Vous divisez les scores par la racine de la largeur totale, toutes têtes réunies. Sur combien de colonnes le
    produit scalaire d'une tête porte-t-il ?
"""

import torch.nn.functional as F


def multi_head_attention(x_q, x_kv, W_q, W_k, W_v, W_o, n_heads, mask=None):
    queries = split_heads(x_q @ W_q, n_heads)
    keys = split_heads(x_kv @ W_k, n_heads)
    values = split_heads(x_kv @ W_v, n_heads)
    answers = F.scaled_dot_product_attention(queries, keys, values, attn_mask=mask, scale=W_q.shape[1] ** -0.5)
    return merge_heads(answers) @ W_o
