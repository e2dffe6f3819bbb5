"""
loses: [perplexity]
hint:
  en: >-
    You divide by the number of tokens, not of predictions: the first of each sequence is not predicted.
  fr: >-
    Vous divisez par le nombre de tokens, pas de prédictions : le premier de chaque séquence n'est pas
    prédit.
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

    mean = total / sum(int((ids != ignore).sum()) for _, ids in batches)
    return float(torch.tensor(mean, dtype=torch.float64).exp())
