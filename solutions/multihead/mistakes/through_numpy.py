"""
loses: [invariants]
hint:
  en: >-
    Your result goes through NumPy, or is made into a new tensor: the values are right, but no gradient comes
    back.
  fr: >-
    Votre résultat passe par NumPy, ou devient un nouveau tenseur : les valeurs sont justes, mais aucun gradient
    ne revient.
"""

import torch


def merge_heads(x):
    B, H, T, size = x.shape
    return torch.from_numpy(x.detach().numpy().swapaxes(1, 2).reshape(B, T, H * size).copy())
