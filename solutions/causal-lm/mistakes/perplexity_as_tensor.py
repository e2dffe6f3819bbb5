"""
loses: [perplexity]
hint:
  en: >-
    perplexity returns a tensor; a Python float is asked for.
  fr: >-
    perplexity renvoie un tenseur ; on demande un float de Python.
"""

import torch


def perplexity(batches, ignore=-100):
    total, count = 0.0, 0
    for logits, ids in batches:
        losses, counted = next_token_losses(logits, ids, ignore)
        total += float(losses.sum())
        count += int(counted.sum())
    if count == 0:
        raise ValueError("nothing counts")
    return torch.tensor(total / count, dtype=torch.float64).exp()
