"""
loses: [attention]
hint:
  en: >-
    Your scores do not depend on the decoder's state: every step looks at the same place.
  fr: >-
    Vos scores ne dépendent pas de l'état du décodeur : chaque pas regarde au même endroit.
"""

import torch


def additive_attention(s, enc, mask, W_a, v_a):
    pairs = torch.cat([torch.zeros_like(enc), enc], dim=-1)
    scores = torch.tanh(pairs @ W_a.T) @ v_a
    scores = scores.masked_fill(~mask, torch.finfo(scores.dtype).min)
    weights = torch.softmax(scores, dim=-1) * mask
    return (weights.unsqueeze(-1) * enc).sum(dim=1), weights
