r"""
loses: [merge]
hint:
  en: >-
    You merge the bare product of the factors, without $\alpha / r$: the merged layer is not the one you trained.
  fr: >-
    Vous fusionnez le produit des facteurs tel quel, sans $\alpha / r$ : la couche fusionnée n'est pas celle que vous avez entraînée.
"""


class LoRALinear(LoRALinear):
    def merge(self):
        if not self.merged:
            self.base.weight.data += (self.B @ self.A).detach()
            self.merged = True
