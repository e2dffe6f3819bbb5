"""
loses: [filters]
hint:
  en: >-
    The token with which the sum reaches `top_p` is missing from your result: it belongs to what is kept.
  fr: >-
    Le token avec lequel la somme atteint `top_p` manque dans votre résultat : il fait partie de ce qui est gardé.
"""

import torch
import torch.nn.functional as F


def distribution(scores, temperature=1.0, top_k=None, top_p=1.0):
    if temperature < 0:
        raise ValueError(temperature)
    if temperature == 0:
        return F.one_hot(scores.argmax(), len(scores)).float()
    order = (scores / temperature).argsort(descending=True, stable=True)[:top_k]
    chances = (scores[order] / temperature).softmax(0)
    kept = chances.cumsum(0) <= top_p
    kept[0] = True
    chances = chances * (kept | (top_p == 1))
    found = torch.zeros_like(scores)
    found[order] = chances / chances.sum()
    return found
