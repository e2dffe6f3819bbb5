"""
loses: [padding, invariants]
hint:
  en: >-
    Your context goes through NumPy: the values are right, the gradient stops there.
  fr: >-
    Votre contexte passe par NumPy : les valeurs sont justes, le gradient s'y arrête.
"""

import torch


def additive_attention(s, enc, mask, W_a, v_a):
    pairs = torch.cat([s.unsqueeze(1).expand_as(enc), enc], dim=-1)
    scores = torch.tanh(pairs @ W_a.T) @ v_a
    scores = scores.masked_fill(~mask, torch.finfo(scores.dtype).min)
    weights = torch.softmax(scores, dim=-1) * mask
    return torch.from_numpy((weights.unsqueeze(-1) * enc).sum(dim=1).detach().numpy()), weights
