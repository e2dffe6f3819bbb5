"""
loses: [trained]
hint:
  en: >-
    The bounds of `A` come from the rank; they should come from the width of the input.
  fr: >-
    Les bornes de `A` viennent du rang ; elles devraient venir de la largeur de l'entrée.
"""

from torch import nn


class LoRALinear(LoRALinear):
    def __init__(self, base, r, alpha, seed=0):
        super().__init__(base, r, alpha, seed)
        r, d_in = self.A.shape
        self.A = nn.Parameter(self.A.detach() * (d_in / r) ** 0.5)
