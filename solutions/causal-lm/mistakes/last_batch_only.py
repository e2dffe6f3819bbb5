"""
loses: [perplexity]
hint:
  en: >-
    Only the last batch enters: the totals are carried through all of them.
  fr: >-
    Seul le dernier lot entre en compte : les totaux se portent d'un lot à l'autre.
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

    total, count = float(losses.sum()), max(int(counted.sum()), 1)
    mean = total / count
    return float(torch.tensor(mean, dtype=torch.float64).exp())
