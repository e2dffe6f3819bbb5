"""
loses: [padding]
hint:
  en: >-
    You apply the mask of the first sentence to all of them.
  fr: >-
    Vous appliquez le masque de la première phrase à toutes.
"""

import torch


def additive_attention(s, enc, mask, W_a, v_a):
    mask = mask[:1].expand_as(mask)
    pairs = torch.cat([s.unsqueeze(1).expand_as(enc), enc], dim=-1)
    scores = torch.tanh(pairs @ W_a.T) @ v_a
    scores = scores.masked_fill(~mask, torch.finfo(scores.dtype).min)
    weights = torch.softmax(scores, dim=-1) * mask
    return (weights.unsqueeze(-1) * enc).sum(dim=1), weights
