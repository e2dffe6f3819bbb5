"""
loses: [padding, attention]
hint:
  en: >-
    Your mask works the other way round: True means that a position may be looked at.
  fr: >-
    Votre masque fonctionne à l'envers : True signifie qu'on peut regarder la position.
"""

import torch


def additive_attention(s, enc, mask, W_a, v_a):
    pairs = torch.cat([s.unsqueeze(1).expand_as(enc), enc], dim=-1)
    scores = torch.tanh(pairs @ W_a.T) @ v_a
    scores = scores.masked_fill(mask, torch.finfo(scores.dtype).min)
    weights = torch.softmax(scores, dim=-1) * ~mask
    return (weights.unsqueeze(-1) * enc).sum(dim=1), weights
