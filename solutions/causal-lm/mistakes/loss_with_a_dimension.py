"""
loses: [shapes, mean, invariants]
hint:
  en: >-
    lm_loss has a dimension of size 1; a loss has none.
  fr: >-
    lm_loss a une dimension de taille 1 ; une perte n'en a pas.
"""


def lm_loss(logits, ids, ignore=-100):
    losses, counted = next_token_losses(logits, ids, ignore)
    return (losses.sum() / counted.sum().clamp(min=1)).reshape(1)
