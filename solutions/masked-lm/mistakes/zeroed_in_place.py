"""
loses: [pooling]
hint:
  en: >-
    You write zeros into the vectors that you were given. Work on a copy.
  fr: >-
    Vous écrivez des zéros dans les vecteurs reçus. Travaillez sur une copie.
"""

import torch


def masked_mean_pool(hidden, mask):
    with torch.no_grad():
        hidden[~mask] = 0.0
    return hidden.sum(dim=1) / mask.sum(dim=1, keepdim=True).clamp(min=1)
