"""
loses: [attention]
hint:
  en: >-
    Your scores are dot products of the two states. That is a later idea; here a small network compares them.
  fr: >-
    Vos scores sont des produits scalaires des deux états. C'est une idée plus tardive ; ici, un petit réseau
    les compare.
"""

import torch


def additive_attention(s, enc, mask, W_a, v_a):
    scores = (enc @ s.unsqueeze(-1)).squeeze(-1)
    scores = scores.masked_fill(~mask, torch.finfo(scores.dtype).min)
    weights = torch.softmax(scores, dim=-1) * mask
    return (weights.unsqueeze(-1) * enc).sum(dim=1), weights
