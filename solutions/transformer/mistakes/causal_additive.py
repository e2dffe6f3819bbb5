r"""
loses: [inputs]
hint:
  en: 'Your causal mask holds 0 and minus infinity, to be added to scores. It is asked for as a bool.'
  fr: 'Votre masque causal contient 0 et moins l''infini, à ajouter aux scores. On le demande booléen.'
"""

import torch


def causal_mask(T):
    return torch.zeros(T, T).masked_fill(~torch.ones(T, T).tril().bool(), float("-inf"))
