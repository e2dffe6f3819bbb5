"""
loses: [mean]
hint:
  en: >-
    `ignore` is not passed on: padding with another id than -100 counts again.
  fr: >-
    `ignore` n'est pas transmis : un remplissage d'id autre que -100 compte de nouveau.
"""


def lm_loss(logits, ids, ignore=-100):
    losses, counted = next_token_losses(logits, ids)
    return losses.sum() / counted.sum().clamp(min=1)
