"""
loses: [padding, invariants]
hint:
  en: >-
    You write zeros into the encoder's states themselves: they belong to the caller.
  fr: >-
    Vous écrivez des zéros dans les états mêmes de l'encodeur : ils appartiennent à l'appelant.
"""

import torch


def additive_attention(s, enc, mask, W_a, v_a):
    enc[~mask] = 0.0
    pairs = torch.cat([s.unsqueeze(1).expand_as(enc), enc], dim=-1)
    scores = torch.tanh(pairs @ W_a.T) @ v_a
    scores = scores.masked_fill(~mask, torch.finfo(scores.dtype).min)
    weights = torch.softmax(scores, dim=-1) * mask
    return (weights.unsqueeze(-1) * enc).sum(dim=1), weights
