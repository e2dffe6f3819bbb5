"""
loses: [filters]
hint:
  en: >-
    You choose the nucleus of top-p before the temperature has acted. In which order do the steps come?
  fr: >-
    Vous choisissez le noyau de top-p avant que la température ait agi. Dans quel ordre viennent les étapes ?
"""

import torch
import torch.nn.functional as F


def distribution(scores, temperature=1.0, top_k=None, top_p=1.0):
    if temperature < 0:
        raise ValueError(temperature)
    if temperature == 0:
        return F.one_hot(scores.argmax(), len(scores)).float()
    order = (scores / temperature).argsort(descending=True, stable=True)[:top_k]
    plain = scores[order].softmax(0)
    ahead = plain.cumsum(0) - plain
    chances = (scores[order] / temperature).softmax(0) * ((ahead < top_p - 1e-6) | (top_p == 1))
    found = torch.zeros_like(scores)
    found[order] = chances / chances.sum()
    return found
