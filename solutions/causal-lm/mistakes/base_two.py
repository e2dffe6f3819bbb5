"""
loses: [perplexity]
hint:
  en: >-
    Two to the power of a loss in nats: the base must be that of the logarithm.
  fr: >-
    Deux à la puissance d'une perte en nats : la base doit être celle du logarithme.
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

    return float(torch.tensor(2.0, dtype=torch.float64) ** (total / count))
