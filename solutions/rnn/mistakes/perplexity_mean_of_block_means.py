"""
loses: [perplexity]
hint:
  en: >-
    You average the means of the blocks, so a prediction in a short last block counts more than the others. Sum the
    losses, count them, and divide once.
  fr: >-
    Vous faites la moyenne des moyennes des blocs : une prédiction d'un dernier bloc plus court compte donc plus que
    les autres. Additionnez les pertes, comptez-les, et divisez une seule fois.
"""

import math


def perplexity_by_blocks(ids, model, k):
    means, h = [], None
    for start in range(0, ids.shape[1] - 1, k):
        losses, h = next_token_losses(ids[:, start : start + k + 1], model, h)
        means.append(losses.mean().item())
    return math.exp(sum(means) / len(means))
