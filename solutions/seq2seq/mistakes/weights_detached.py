"""
loses: [invariants]
hint:
  en: >-
    Your weights are cut from the graph: the attention looks, but never learns where to look.
  fr: >-
    Vos poids sont coupés du graphe : l'attention regarde, mais n'apprend jamais où regarder.
"""

import torch


def additive_attention(s, enc, mask, W_a, v_a):
    pairs = torch.cat([s.unsqueeze(1).expand_as(enc), enc], dim=-1)
    scores = torch.tanh(pairs @ W_a.T) @ v_a
    scores = scores.masked_fill(~mask, torch.finfo(scores.dtype).min)
    weights = torch.softmax(scores, dim=-1).detach() * mask
    return (weights.unsqueeze(-1) * enc).sum(dim=1), weights
