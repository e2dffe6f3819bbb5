"""
loses: [trained]
hint:
  en: >-
    Both your factors are zero, and so is each one's gradient, for ever: one of them must be random.
  fr: >-
    Vos deux facteurs sont nuls, et le gradient de chacun aussi, à jamais : l'un des deux doit être aléatoire.
"""

import torch
from torch import nn


class LoRALinear(LoRALinear):
    def __init__(self, base, r, alpha, seed=0):
        super().__init__(base, r, alpha, seed)
        self.A = nn.Parameter(torch.zeros_like(self.A))
