"""
loses: [perplexity]
hint:
  en: >-
    You divide by all positions, padding included.
  fr: >-
    Vous divisez par toutes les positions, remplissage compris.
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

    mean = total / sum(ids[:, 1:].numel() for _, ids in batches)
    return float(torch.tensor(mean, dtype=torch.float64).exp())
