"""
loses: [attention]
hint:
  en: >-
    Your tanh comes after `v_a`: it squeezes the scores. It belongs to the hidden layer.
  fr: >-
    Votre tanh vient après `v_a` : il écrase les scores. Il appartient à la couche cachée.
"""

import torch


def additive_attention(s, enc, mask, W_a, v_a):
    pairs = torch.cat([s.unsqueeze(1).expand_as(enc), enc], dim=-1)
    scores = torch.tanh(pairs @ W_a.T @ v_a)
    scores = scores.masked_fill(~mask, torch.finfo(scores.dtype).min)
    weights = torch.softmax(scores, dim=-1) * mask
    return (weights.unsqueeze(-1) * enc).sum(dim=1), weights
