"""
loses: [update, trained]
hint:
  en: >-
    Your layer returns the correction alone: the frozen layer still does most of the work.
  fr: >-
    Votre couche ne renvoie que la correction : la couche gelée fait encore l'essentiel du travail.
"""


class LoRALinear(LoRALinear):
    def forward(self, x):
        if self.merged:
            return self.base(x)
        return x @ self.A.T @ self.B.T * (self.alpha / len(self.A))
