"""
loses: [perplexity]
hint:
  en: >-
    You divide by the number of tokens. The first of each sequence is predicted by nobody.
  fr: >-
    Vous divisez par le nombre de tokens. Personne ne prédit le premier de chaque séquence.
"""

import math


def perplexity_by_blocks(ids, model, k):
    total, count, h = 0.0, 0, None
    for start in range(0, ids.shape[1] - 1, k):
        losses, h = next_token_losses(ids[:, start : start + k + 1], model, h)
        total += losses.sum().item()
        count += losses.numel()
    return math.exp(total / ids.numel())
