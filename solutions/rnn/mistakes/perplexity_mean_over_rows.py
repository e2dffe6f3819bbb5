"""
loses: [perplexity]
hint:
  en: >-
    You average the perplexities of the sequences. All predictions of all sequences share one mean, and the
    exponential comes last.
  fr: >-
    Vous faites la moyenne des perplexités des séquences. Toutes les prédictions de toutes les séquences partagent
    une seule moyenne, et l'exponentielle vient en dernier.
"""


def perplexity_by_blocks(ids, model, k):
    total, h = 0.0, None
    for start in range(0, ids.shape[1] - 1, k):
        losses, h = next_token_losses(ids[:, start : start + k + 1], model, h)
        total = total + losses.sum(dim=1)
    return (total / (ids.shape[1] - 1)).exp().mean().item()
