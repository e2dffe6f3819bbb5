"""
loses: [trained]
hint:
  en: >-
    Your `A` has no negative value: the interval is centred on zero.
  fr: >-
    Votre `A` n'a aucune valeur négative : l'intervalle est centré sur zéro.
"""

from torch import nn


class LoRALinear(LoRALinear):
    def __init__(self, base, r, alpha, seed=0):
        super().__init__(base, r, alpha, seed)
        self.A = nn.Parameter((self.A.detach() + self.A.shape[1] ** -0.5) / 2)
