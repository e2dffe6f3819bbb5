"""
loses: [trained]
hint:
  en: >-
    Every seed gives the same `A`: use the one that was passed.
  fr: >-
    Toutes les graines donnent la même `A` : servez-vous de celle qui est passée.
"""


class LoRALinear(LoRALinear):
    def __init__(self, base, r, alpha, seed=0):
        super().__init__(base, r, alpha)
