"""
loses: [padding]
hint:
  en: >-
    You take away the padding's weights after the softmax: what is left no longer sums to 1.
  fr: >-
    Vous retirez les poids du padding après le softmax : ce qui reste ne somme plus à 1.
"""

import torch


def additive_attention(s, enc, mask, W_a, v_a):
    pairs = torch.cat([s.unsqueeze(1).expand_as(enc), enc], dim=-1)
    scores = torch.tanh(pairs @ W_a.T) @ v_a
    weights = torch.softmax(scores, dim=-1) * mask
    return (weights.unsqueeze(-1) * enc).sum(dim=1), weights
