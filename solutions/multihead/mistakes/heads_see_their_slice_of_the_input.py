"""
loses: [projections, heads, edges]
hint:
  en: >-
    You cut the input into heads before projecting it: each head then sees a slice of the token only. A head has
    its own columns of the matrices, but reads the whole token.
  fr: >-
    Vous découpez l'entrée en têtes avant de la projeter : chaque tête ne voit alors qu'une tranche du token.
    Une tête a ses propres colonnes des matrices, mais lit le token entier.
"""

import torch
import torch.nn.functional as F


def project_slices(x, W, n_heads):
    blocks = [part @ block for part, block in zip(x.chunk(n_heads, -1), diagonal(W, n_heads), strict=True)]
    return torch.stack(blocks, dim=1)


def diagonal(W, n_heads):
    split_heads(W[None], n_heads)
    return [rows.chunk(n_heads, 1)[h] for h, rows in enumerate(W.chunk(n_heads, 0))]


def multi_head_attention(x_q, x_kv, W_q, W_k, W_v, W_o, n_heads, mask=None):
    queries = project_slices(x_q, W_q, n_heads)
    keys = project_slices(x_kv, W_k, n_heads)
    values = project_slices(x_kv, W_v, n_heads)
    answers = F.scaled_dot_product_attention(queries, keys, values, attn_mask=mask)
    return merge_heads(answers) @ W_o
