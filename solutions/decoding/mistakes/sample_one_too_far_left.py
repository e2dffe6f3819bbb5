"""
loses: [sample]
hint:
  en: >-
    Your id is one too small: if no token ends before the number, the first one is meant, number 0.
  fr: >-
    Votre identifiant est trop petit de un : si aucun token ne finit avant le nombre, c'est le premier, le
    numéro 0.
"""


def sample(probs, dice):
    count = (probs.cumsum(dim=-1) <= dice.unsqueeze(-1)).sum(dim=-1)
    return (count - 1).clamp(min=0)
