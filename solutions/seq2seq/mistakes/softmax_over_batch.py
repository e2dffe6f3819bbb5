"""
loses: [attention]
hint:
  en: >-
    Your softmax runs over the sentences of the batch. Whose attention is shared among the positions of whose
    source?
  fr: >-
    Votre softmax court sur les phrases du lot. Qui partage son attention entre les positions de quelle source ?
"""

import torch


def additive_attention(s, enc, mask, W_a, v_a):
    pairs = torch.cat([s.unsqueeze(1).expand_as(enc), enc], dim=-1)
    scores = torch.tanh(pairs @ W_a.T) @ v_a
    scores = scores.masked_fill(~mask, torch.finfo(scores.dtype).min)
    weights = torch.softmax(scores, dim=0) * mask
    return (weights.unsqueeze(-1) * enc).sum(dim=1), weights
