"""
loses: [filters]
hint:
  en: >-
    What is left after top-k and top-p does not sum to 1.
  fr: >-
    Ce qui reste après top-k et top-p n'est pas de somme 1.
"""

import torch
import torch.nn.functional as F


def distribution(scores, temperature=1.0, top_k=None, top_p=1.0):
    if temperature < 0:
        raise ValueError(temperature)
    if temperature == 0:
        return F.one_hot(scores.argmax(), len(scores)).float()
    order = (scores / temperature).argsort(descending=True, stable=True)[:top_k]
    whole = (scores / temperature).softmax(0)[order]
    chances = whole / whole.sum()
    ahead = F.pad(chances.cumsum(0)[:-1], (1, 0))
    found = torch.zeros_like(scores)
    found[order] = whole * ((ahead < top_p) | (top_p == 1))
    return found
