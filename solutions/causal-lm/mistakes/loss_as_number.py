"""
loses: [shapes, invariants]
hint:
  en: >-
    lm_loss returns a Python number: the gradient ends there. Return the tensor.
  fr: >-
    lm_loss renvoie un nombre de Python : le gradient s'arrête là. Renvoyez le tenseur.
"""


def lm_loss(logits, ids, ignore=-100):
    losses, counted = next_token_losses(logits, ids, ignore)
    return losses.sum().item() / max(int(counted.sum()), 1)
