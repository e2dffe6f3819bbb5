"""
loses: [trained]
hint:
  en: >-
    You start with `A` at zero and `B` at random: it would work, but it is the other way round.
  fr: >-
    Vous partez de `A` nulle et de `B` aléatoire : cela marcherait, mais c'est l'inverse qui est demandé.
"""

import torch
from torch import nn


class LoRALinear(LoRALinear):
    def __init__(self, base, r, alpha, seed=0):
        super().__init__(base, r, alpha, seed)
        dice = torch.Generator().manual_seed(seed)
        self.B = nn.Parameter(torch.rand(self.B.shape, generator=dice, dtype=self.B.dtype) - 0.5)
        self.A = nn.Parameter(torch.zeros_like(self.A))
