"""
loses: [attention]
hint:
  en: >-
    Your context is divided by the number of positions, after weights that already sum to 1.
  fr: >-
    Votre contexte est divisé par le nombre de positions, après des poids qui somment déjà à 1.
"""

import torch


def additive_attention(s, enc, mask, W_a, v_a):
    pairs = torch.cat([s.unsqueeze(1).expand_as(enc), enc], dim=-1)
    scores = torch.tanh(pairs @ W_a.T) @ v_a
    scores = scores.masked_fill(~mask, torch.finfo(scores.dtype).min)
    weights = torch.softmax(scores, dim=-1) * mask
    return (weights.unsqueeze(-1) * enc).sum(dim=1) / mask.sum(1, keepdim=True).clamp(min=1), weights
