"""
loses: [trained]
hint:
  en: >-
    You froze the weight of the base, not its bias.
  fr: >-
    Vous avez gelé le poids de la base, pas son biais.
"""


class LoRALinear(LoRALinear):
    def __init__(self, base, r, alpha, seed=0):
        super().__init__(base, r, alpha, seed)
        if self.base.bias is not None:
            self.base.bias.requires_grad_(True)
