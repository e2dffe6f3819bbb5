"""
loses: [padding]
hint:
  en: >-
    Padding takes part in your attention: the mask is not used.
  fr: >-
    Le padding participe à votre attention : le masque ne sert pas.
"""

import torch


def additive_attention(s, enc, mask, W_a, v_a):
    pairs = torch.cat([s.unsqueeze(1).expand_as(enc), enc], dim=-1)
    scores = torch.tanh(pairs @ W_a.T) @ v_a
    weights = torch.softmax(scores, dim=-1)
    return (weights.unsqueeze(-1) * enc).sum(dim=1), weights
