"""
loses: [top-k]
hint:
  en: >-
    You let in the k highest *values*; tokens are counted, and equals are several.
  fr: >-
    Vous admettez les k plus grandes *valeurs* ; on compte les tokens, et des ex aequo en font plusieurs.
"""

import math

import torch


def top_k_filter(logits, k):
    if k < 1:
        raise ValueError("k must be 1 or more")
    rows = []
    for row in logits:
        values = row.unique()
        rows.append(row.masked_fill(row < values[-min(k, len(values))], -math.inf))
    return torch.stack(rows)
