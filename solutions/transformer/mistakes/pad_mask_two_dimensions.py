r"""
loses: [inputs]
hint:
  en: 'Your padding mask keeps the shape of the ids: nothing stands in it for the heads and the queries.'
  fr: 'Votre masque de padding garde la forme des ids : rien n''y tient la place des têtes et des requêtes.'
"""


def pad_mask(ids, pad):
    return ids != pad
