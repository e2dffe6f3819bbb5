"""
loses: [padding]
hint:
  en: >-
    You set the states of padding to zero and attend to them all the same: they still take a share.
  fr: >-
    Vous mettez à zéro les états du padding et les regardez quand même : ils prennent encore une part.
"""

import torch


def additive_attention(s, enc, mask, W_a, v_a):
    enc = enc * mask.unsqueeze(-1)
    pairs = torch.cat([s.unsqueeze(1).expand_as(enc), enc], dim=-1)
    scores = torch.tanh(pairs @ W_a.T) @ v_a
    weights = torch.softmax(scores, dim=-1)
    return (weights.unsqueeze(-1) * enc).sum(dim=1), weights
