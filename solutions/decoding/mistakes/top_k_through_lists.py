"""
loses: [invariants]
hint:
  en: >-
    Your top-k goes through Python lists: no gradient finds its way back to the logits.
  fr: >-
    Votre top-k passe par des listes Python : aucun gradient n'y retrouve son chemin vers les logits.
"""

import math

import torch


def top_k_filter(logits, k):
    if k < 1:
        raise ValueError("k must be 1 or more")
    rows = []
    for row in logits.tolist():
        bar = sorted(row, reverse=True)[:k][-1]
        rows.append([value if value >= bar else -math.inf for value in row])
    return torch.tensor(rows, dtype=logits.dtype)
