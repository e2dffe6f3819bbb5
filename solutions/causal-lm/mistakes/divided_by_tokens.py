"""
loses: [mean]
hint:
  en: >-
    You divide by the number of tokens; the first token of each sequence is predicted by nobody.
  fr: >-
    Vous divisez par le nombre de tokens ; le premier de chaque séquence n'est prédit par personne.
"""


def lm_loss(logits, ids, ignore=-100):
    losses, counted = next_token_losses(logits, ids, ignore)
    return losses.sum() / (ids != ignore).sum().clamp(min=1)
