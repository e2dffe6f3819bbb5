r"""
loses: [inputs]
hint:
  en: 'Your causal mask lets a position look at itself and at what comes after it: rows and columns have changed places.'
  fr: 'Votre masque causal laisse une position se regarder et regarder ce qui la suit : lignes et colonnes ont changé de place.'
"""

import torch


def causal_mask(T):
    return torch.ones(T, T, dtype=torch.bool).triu()
