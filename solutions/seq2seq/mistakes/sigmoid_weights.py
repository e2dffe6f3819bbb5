"""
loses: [attention]
hint:
  en: >-
    Each weight is between 0 and 1, but those of a sentence do not share 1 among them.
  fr: >-
    Chaque poids est entre 0 et 1, mais ceux d'une phrase ne se partagent pas 1.
"""

import torch


def additive_attention(s, enc, mask, W_a, v_a):
    pairs = torch.cat([s.unsqueeze(1).expand_as(enc), enc], dim=-1)
    scores = torch.tanh(pairs @ W_a.T) @ v_a
    scores = scores.masked_fill(~mask, torch.finfo(scores.dtype).min)
    weights = torch.sigmoid(scores) * mask
    return (weights.unsqueeze(-1) * enc).sum(dim=1), weights
