"""
loses: [mean]
hint:
  en: >-
    You average the means of the sequences: a sequence of 3 tokens then weighs as much as one of 300. One
    mean over all predictions is asked for.
  fr: >-
    Vous faites la moyenne des moyennes des séquences : une séquence de 3 tokens pèse alors autant qu'une de
    300. On demande une seule moyenne sur toutes les prédictions.
"""


def lm_loss(logits, ids, ignore=-100):
    losses, counted = next_token_losses(logits, ids, ignore)
    return (losses.sum(1) / counted.sum(1).clamp(min=1)).mean()
