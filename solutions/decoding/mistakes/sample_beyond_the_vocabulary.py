"""
loses: [sample]
hint:
  en: >-
    For a number beyond the last end you return an id that is not in the vocabulary.
  fr: >-
    Pour un nombre au-delà de la dernière fin, vous renvoyez un identifiant qui n'est pas dans le vocabulaire.
"""


def sample(probs, dice):
    return (probs.cumsum(dim=-1) <= dice.unsqueeze(-1)).sum(dim=-1)
