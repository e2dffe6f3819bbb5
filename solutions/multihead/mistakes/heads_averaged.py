"""
loses: [heads, masks]
hint:
  en: >-
    All your heads give the same answer, their average. Each keeps its own slice; only `W_o` mixes them.
  fr: >-
    Toutes vos têtes donnent la même réponse, leur moyenne. Chacune garde sa tranche ; seule `W_o` les mélange.
"""

import torch.nn.functional as F


def multi_head_attention(x_q, x_kv, W_q, W_k, W_v, W_o, n_heads, mask=None):
    queries = split_heads(x_q @ W_q, n_heads)
    keys = split_heads(x_kv @ W_k, n_heads)
    values = split_heads(x_kv @ W_v, n_heads)
    answers = F.scaled_dot_product_attention(queries, keys, values, attn_mask=mask)
    answers = answers.mean(dim=1, keepdim=True).expand_as(answers)
    return merge_heads(answers) @ W_o
