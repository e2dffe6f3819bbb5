r"""
loses: [padding]
hint:
  en: >-
    A sentence of nothing but padding gives NaN: a softmax of nothing but $-\infty$ has no answer of its own.
  fr: >-
    Une phrase faite de padding seulement donne NaN : un softmax où tout vaut $-\infty$ n'a pas de réponse à
    lui.
"""

import torch


def additive_attention(s, enc, mask, W_a, v_a):
    pairs = torch.cat([s.unsqueeze(1).expand_as(enc), enc], dim=-1)
    scores = torch.tanh(pairs @ W_a.T) @ v_a
    scores = scores.masked_fill(~mask, float("-inf"))
    weights = torch.softmax(scores, dim=-1)
    return (weights.unsqueeze(-1) * enc).sum(dim=1), weights
