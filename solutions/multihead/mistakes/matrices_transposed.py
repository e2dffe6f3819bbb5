"""
loses: [projections, heads, edges]
hint:
  en: >-
    You multiply by the transposed matrices, as `nn.Linear` stores them. Here the rows of a matrix are as many
    as the columns of what stands on its left.
  fr: >-
    Vous multipliez par les matrices transposées, comme `nn.Linear` les range. Ici, une matrice a autant de
    lignes que ce qui est à sa gauche a de colonnes.
"""

import torch.nn.functional as F


def multi_head_attention(x_q, x_kv, W_q, W_k, W_v, W_o, n_heads, mask=None):
    queries = split_heads(F.linear(x_q, W_q), n_heads)
    keys = split_heads(F.linear(x_kv, W_k), n_heads)
    values = split_heads(F.linear(x_kv, W_v), n_heads)
    answers = F.scaled_dot_product_attention(queries, keys, values, attn_mask=mask)
    return F.linear(merge_heads(answers), W_o)
