"""
loses: [update, trained]
hint:
  en: >-
    Your factors are always float32; they take the dtype of the base's weight.
  fr: >-
    Vos facteurs sont toujours en float32 ; ils prennent le dtype du poids de la base.
"""

from torch import nn


class LoRALinear(LoRALinear):
    def __init__(self, base, r, alpha, seed=0):
        super().__init__(base, r, alpha, seed)
        self.A, self.B = nn.Parameter(self.A.detach().float()), nn.Parameter(self.B.detach().float())
