"""
loses: [attention]
hint:
  en: >-
    Without a nonlinearity the decoder's state adds the same number to every score, and changes nothing.
  fr: >-
    Sans non-linéarité, l'état du décodeur ajoute le même nombre à tous les scores, et ne change rien.
"""

import torch


def additive_attention(s, enc, mask, W_a, v_a):
    pairs = torch.cat([s.unsqueeze(1).expand_as(enc), enc], dim=-1)
    scores = (pairs @ W_a.T) @ v_a
    scores = scores.masked_fill(~mask, torch.finfo(scores.dtype).min)
    weights = torch.softmax(scores, dim=-1) * mask
    return (weights.unsqueeze(-1) * enc).sum(dim=1), weights
