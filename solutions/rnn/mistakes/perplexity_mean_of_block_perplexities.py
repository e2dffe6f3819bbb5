"""
loses: [perplexity]
hint:
  en: >-
    You average the perplexities of the blocks. The exponential comes last, after one mean over all predictions.
  fr: >-
    Vous faites la moyenne des perplexités des blocs. L'exponentielle vient en dernier, après une seule moyenne sur
    toutes les prédictions.
"""


def perplexity_by_blocks(ids, model, k):
    found, h = [], None
    for start in range(0, ids.shape[1] - 1, k):
        losses, h = next_token_losses(ids[:, start : start + k + 1], model, h)
        found.append(losses.mean().exp().item())
    return sum(found) / len(found)
