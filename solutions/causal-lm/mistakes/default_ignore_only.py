"""
loses: [perplexity]
hint:
  en: >-
    `ignore` is not passed on: padding with another id than -100 counts.
  fr: >-
    `ignore` n'est pas transmis : un remplissage d'id autre que -100 compte.
"""

import torch


def perplexity(batches, ignore=-100):
    total, count = 0.0, 0
    for logits, ids in batches:
        losses, counted = next_token_losses(logits, ids)
        total += float(losses.sum())
        count += int(counted.sum())
    if count == 0:
        raise ValueError("nothing counts")
    mean = total / count
    return float(torch.tensor(mean, dtype=torch.float64).exp())
