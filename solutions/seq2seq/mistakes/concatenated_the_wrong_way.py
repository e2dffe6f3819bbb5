"""
loses: [attention]
hint:
  en: >-
    You put the encoder's state first. The left half of `W_a` is for the decoder's state.
  fr: >-
    Vous mettez l'état de l'encodeur en premier. La moitié gauche de `W_a` est pour l'état du décodeur.
"""

import torch


def additive_attention(s, enc, mask, W_a, v_a):
    pairs = torch.cat([enc, s.unsqueeze(1).expand_as(enc)], dim=-1)
    scores = torch.tanh(pairs @ W_a.T) @ v_a
    scores = scores.masked_fill(~mask, torch.finfo(scores.dtype).min)
    weights = torch.softmax(scores, dim=-1) * mask
    return (weights.unsqueeze(-1) * enc).sum(dim=1), weights
