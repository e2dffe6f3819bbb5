"""
loses: [trained]
hint:
  en: >-
    Both your factors are random: the fresh layer is no longer the trained one. Which of them starts at zero?
  fr: >-
    Vos deux facteurs sont aléatoires : la couche neuve n'est plus celle qu'on avait entraînée. Lequel part de zéro ?
"""

import torch
from torch import nn


class LoRALinear(LoRALinear):
    def __init__(self, base, r, alpha, seed=0):
        super().__init__(base, r, alpha, seed)
        dice = torch.Generator().manual_seed(seed + 1)
        self.B = nn.Parameter(torch.randn(self.B.shape, generator=dice, dtype=self.B.dtype) * 0.02)
