"""
loses: [masks]
hint:
  en: >-
    When neither mask is given you make one up. None says "nothing to hide", and is also faster: torch's
    attention then skips the step.
  fr: >-
    Quand aucun masque n'est donné, vous en fabriquez un. None dit « rien à cacher », et c'est aussi plus rapide
    : l'attention de torch saute alors l'étape.
"""

import torch


def combine_masks(keep=None, allowed=None):
    mask = torch.ones(1, 1, 1, 1, dtype=torch.bool)
    if keep is not None:
        mask = mask & keep[:, None, None, :]
    return mask if allowed is None else mask & allowed
