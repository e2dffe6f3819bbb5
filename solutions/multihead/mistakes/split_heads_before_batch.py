"""
loses: [split-heads]
hint:
  en: >-
    You line up the heads along the batch, then read that long list as sequences first, heads second: the head
    of one sequence lands in another. In which order are they listed?
  fr: >-
    Vous alignez les têtes le long du lot, puis vous relisez cette longue liste comme séquences d'abord, têtes
    ensuite : la tête d'une séquence se retrouve dans une autre. Dans quel ordre sont-elles rangées ?
"""

import torch


def split_heads(x, n_heads):
    B, T, d = x.shape
    if n_heads < 1 or d % n_heads:
        raise ValueError("heads")
    return torch.cat(x.split(d // n_heads, dim=-1), dim=0).reshape(B, n_heads, T, d // n_heads)
