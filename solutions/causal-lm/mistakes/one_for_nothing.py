"""
loses: [perplexity]
hint:
  en: >-
    When nothing counts you answer a perplexity of 1, that of a perfect model. There is none to give: the
    text names the error.
  fr: >-
    Quand rien ne compte, vous répondez une perplexité de 1, celle d'un modèle parfait. Il n'y en a pas à
    donner : l'énoncé dit quelle erreur lever.
"""

import torch


def perplexity(batches, ignore=-100):
    total, count = 0.0, 0
    for logits, ids in batches:
        losses, counted = next_token_losses(logits, ids, ignore)
        total += float(losses.sum())
        count += int(counted.sum())
    mean = total / max(count, 1)
    return float(torch.tensor(mean, dtype=torch.float64).exp())
