"""
loses: [perplexity]
hint:
  en: >-
    You average the means of the batches, so that a small batch weighs as much as a large one. Carry the sum
    and the count through all batches, and divide once.
  fr: >-
    Vous faites la moyenne des moyennes des lots : un petit lot pèse alors autant qu'un grand. Portez la
    somme et le nombre d'un lot à l'autre, et ne divisez qu'une fois.
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

    means = []
    for logits, ids in batches:
        losses, counted = next_token_losses(logits, ids, ignore)
        means.append(float(losses.sum() / counted.sum().clamp(min=1)))
    mean = sum(means) / len(means)
    return float(torch.tensor(mean, dtype=torch.float64).exp())
