"""
loses: [filters]
hint:
  en: >-
    You multiply by the temperature where it divides: a high one must make the distribution flatter.
  fr: >-
    Vous multipliez par la température au lieu de diviser : une température élevée doit aplatir la distribution.
"""

import torch
import torch.nn.functional as F


def distribution(scores, temperature=1.0, top_k=None, top_p=1.0):
    if temperature < 0:
        raise ValueError(temperature)
    if temperature == 0:
        return F.one_hot(scores.argmax(), len(scores)).float()
    order = (scores / temperature).argsort(descending=True, stable=True)[:top_k]
    chances = (scores[order] * temperature).softmax(0)
    ahead = F.pad(chances.cumsum(0)[:-1], (1, 0))
    chances = chances * ((ahead < top_p) | (top_p == 1))
    found = torch.zeros_like(scores)
    found[order] = chances / chances.sum()
    return found
