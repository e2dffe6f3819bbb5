"""
loses: [invariants]
hint:
  en: >-
    Your `combine_masks` writes into a mask it was given: the caller's rule is narrowed by the padding of one
    batch, and stays so for the next.
  fr: >-
    Votre `combine_masks` écrit dans un masque reçu : la règle de l'appelant est restreinte par le padding d'un
    lot, et le reste pour le suivant.
"""

import torch


def combine_masks(keep=None, allowed=None):
    if keep is None or allowed is None:
        return allowed[None, None] if allowed is not None else None if keep is None else keep[:, None, None, :]
    mask = torch.stack([allowed & row for row in keep])[:, None]
    allowed &= keep.all(dim=0)
    return mask
