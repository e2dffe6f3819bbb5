"""
loses: [attention]
hint:
  en: >-
    You divide the scores by a root. That belongs to dot products, whose size grows with the width.
  fr: >-
    Vous divisez les scores par une racine. Cela vaut pour les produits scalaires, qui grandissent avec la
    largeur.
"""

import torch


def additive_attention(s, enc, mask, W_a, v_a):
    pairs = torch.cat([s.unsqueeze(1).expand_as(enc), enc], dim=-1)
    scores = torch.tanh(pairs @ W_a.T) @ v_a / len(v_a) ** 0.5
    scores = scores.masked_fill(~mask, torch.finfo(scores.dtype).min)
    weights = torch.softmax(scores, dim=-1) * mask
    return (weights.unsqueeze(-1) * enc).sum(dim=1), weights
