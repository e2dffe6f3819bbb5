"""
loses: [padding]
hint:
  en: >-
    A sentence of nothing but padding gets equal weights: a very low score is not an impossible one.
  fr: >-
    Une phrase faite de padding seulement reçoit des poids égaux : un score très bas n'est pas un score
    impossible.
"""

import torch


def additive_attention(s, enc, mask, W_a, v_a):
    pairs = torch.cat([s.unsqueeze(1).expand_as(enc), enc], dim=-1)
    scores = torch.tanh(pairs @ W_a.T) @ v_a
    scores = scores.masked_fill(~mask, torch.finfo(scores.dtype).min)
    weights = torch.softmax(scores, dim=-1)
    return (weights.unsqueeze(-1) * enc).sum(dim=1), weights
