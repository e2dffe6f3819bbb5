"""
loses: [attention]
hint:
  en: >-
    Each score stands alone in a dimension of size 1, and you take the softmax along that one: every weight is
    1.
  fr: >-
    Chaque score est seul dans une dimension de taille 1, et votre softmax porte sur celle-là : chaque poids
    vaut 1.
"""

import torch


def additive_attention(s, enc, mask, W_a, v_a):
    pairs = torch.cat([s.unsqueeze(1).expand_as(enc), enc], dim=-1)
    scores = torch.tanh(pairs @ W_a.T) @ v_a
    scores = scores.masked_fill(~mask, torch.finfo(scores.dtype).min)
    weights = torch.softmax(scores.unsqueeze(-1), dim=-1).squeeze(-1) * mask
    return (weights.unsqueeze(-1) * enc).sum(dim=1), weights
