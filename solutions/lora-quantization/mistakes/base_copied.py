"""
loses: [trained]
hint:
  en: >-
    You freeze a copy of the layer; the one that was passed goes on learning.
  fr: >-
    Vous gelez une copie de la couche ; celle qui a été passée continue d'apprendre.
"""

import copy


class LoRALinear(LoRALinear):
    def __init__(self, base, r, alpha, seed=0):
        super().__init__(copy.deepcopy(base), r, alpha, seed)
