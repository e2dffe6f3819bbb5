"""
loses: [perplexity]
hint:
  en: >-
    The exponential of a large mean loss raises an error. What is asked for is an infinite perplexity.
  fr: >-
    L'exponentielle d'une grande perte moyenne lève une erreur. On demande une perplexité infinie.
"""

import math


def perplexity(batches, ignore=-100):
    total, count = 0.0, 0
    for logits, ids in batches:
        losses, counted = next_token_losses(logits, ids, ignore)
        total += float(losses.sum())
        count += int(counted.sum())
    if count == 0:
        raise ValueError("nothing counts")
    return math.exp(total / count)
