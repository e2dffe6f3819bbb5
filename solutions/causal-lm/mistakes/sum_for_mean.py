"""
loses: [mean]
hint:
  en: >-
    You return the sum. A mean does not grow with the size of the batch.
  fr: >-
    Vous renvoyez la somme. Une moyenne ne grandit pas avec la taille du lot.
"""


def lm_loss(logits, ids, ignore=-100):
    losses, counted = next_token_losses(logits, ids, ignore)
    return losses.sum()
