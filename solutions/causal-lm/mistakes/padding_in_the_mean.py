"""
loses: [mean]
hint:
  en: >-
    You divide by all positions, those that do not count included: the more padding, the better your loss
    looks.
  fr: >-
    Vous divisez par toutes les positions, y compris celles qui ne comptent pas : plus il y a de
    remplissage, meilleure semble la perte.
"""


def lm_loss(logits, ids, ignore=-100):
    losses, counted = next_token_losses(logits, ids, ignore)
    return losses.sum() / max(losses.numel(), 1)
