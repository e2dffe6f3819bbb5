"""
loses: [sample]
hint:
  en: >-
    You count among the possible tokens only, and return the place in that list. The id in the vocabulary is
    asked for.
  fr: >-
    Vous comptez parmi les tokens possibles seulement, et renvoyez la place dans cette liste. On demande
    l'identifiant dans le vocabulaire.
"""

import torch


def sample(probs, dice):
    places = []
    for row, number in zip(probs, dice, strict=True):
        ends = row[row > 0].cumsum(dim=0)
        places.append((ends <= number).sum().clamp(max=len(ends) - 1))
    return torch.stack(places)
