"""
loses: [trained]
hint:
  en: >-
    The base is not frozen: you train all of its weights beside the factors.
  fr: >-
    La base n'est pas gelée : vous entraînez tous ses poids en plus des facteurs.
"""


class LoRALinear(LoRALinear):
    def __init__(self, base, r, alpha, seed=0):
        super().__init__(base, r, alpha, seed)
        self.base.requires_grad_(True)
