"""
loses: [perplexity]
hint:
  en: >-
    Every block of yours starts from zeros: what was read before is forgotten, and the result depends on where the
    text is cut.
  fr: >-
    Chacun de vos blocs part d'un état nul : ce qui a été lu avant est oublié, et le résultat dépend de l'endroit où
    le texte est coupé.
"""

import math


def perplexity_by_blocks(ids, model, k):
    total, count = 0.0, 0
    for start in range(0, ids.shape[1] - 1, k):
        losses, _ = next_token_losses(ids[:, start : start + k + 1], model, None)
        total += losses.sum().item()
        count += losses.numel()
    return math.exp(total / count)
