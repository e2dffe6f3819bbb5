r"""
loses: [inputs]
hint:
  en: 'In your causal mask a position cannot look at itself, and the first one can look at nothing at all.'
  fr: 'Dans votre masque causal, une position ne peut pas se regarder elle-même, et la première ne peut rien regarder du tout.'
"""

import torch


def causal_mask(T):
    return torch.ones(T, T, dtype=torch.bool).tril(-1)
