"""
loses: [padding]
hint:
  en: >-
    You give padding a score of 0. That is a score like another, often a high one.
  fr: >-
    Vous donnez au padding un score de 0. C'est un score comme un autre, souvent élevé.
"""

import torch


def additive_attention(s, enc, mask, W_a, v_a):
    pairs = torch.cat([s.unsqueeze(1).expand_as(enc), enc], dim=-1)
    scores = torch.tanh(pairs @ W_a.T) @ v_a
    scores = scores.masked_fill(~mask, 0.0)
    weights = torch.softmax(scores, dim=-1)
    return (weights.unsqueeze(-1) * enc).sum(dim=1), weights
