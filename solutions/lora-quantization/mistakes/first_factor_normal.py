"""
loses: [trained]
hint:
  en: >-
    Your `A` is drawn from a normal distribution; here it is uniform between two bounds.
  fr: >-
    Votre `A` est tirée d'une loi normale ; ici, elle est uniforme entre deux bornes.
"""

import torch
from torch import nn


class LoRALinear(LoRALinear):
    def __init__(self, base, r, alpha, seed=0):
        super().__init__(base, r, alpha, seed)
        dice = torch.Generator().manual_seed(seed)
        drawn = torch.randn(self.A.shape, generator=dice, dtype=self.A.dtype)
        self.A = nn.Parameter(drawn / self.A.shape[1] ** 0.5)
