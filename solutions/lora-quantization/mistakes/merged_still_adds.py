"""
loses: [merge]
hint:
  en: >-
    The merged layer counts its correction twice: it is in the weight, and `forward` adds it again.
  fr: >-
    La couche fusionnée compte sa correction deux fois : elle est dans le poids, et `forward` l'ajoute encore.
"""


class LoRALinear(LoRALinear):
    def forward(self, x):
        return self.base(x) + x @ self.A.T @ self.B.T * (self.alpha / len(self.A))
