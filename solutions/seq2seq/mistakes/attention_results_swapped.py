"""
loses: [attention, padding]
hint:
  en: >-
    You return the weights first: the order is (context, weights).
  fr: >-
    Vous renvoyez les poids en premier : l'ordre est (context, weights).
"""

import torch


def additive_attention(s, enc, mask, W_a, v_a):
    pairs = torch.cat([s.unsqueeze(1).expand_as(enc), enc], dim=-1)
    scores = torch.tanh(pairs @ W_a.T) @ v_a
    scores = scores.masked_fill(~mask, torch.finfo(scores.dtype).min)
    weights = torch.softmax(scores, dim=-1) * mask
    return weights, (weights.unsqueeze(-1) * enc).sum(dim=1)
