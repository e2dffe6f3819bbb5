r"""
loses: [update, trained]
hint:
  en: >-
    You multiply the whole result by $\alpha / r$; only the correction is scaled.
  fr: >-
    Vous multipliez tout le résultat par $\alpha / r$ ; seule la correction est mise à l'échelle.
"""


class LoRALinear(LoRALinear):
    def forward(self, x):
        out = self.base(x)
        if self.merged:
            return out
        return (out + x @ self.A.T @ self.B.T) * (self.alpha / len(self.A))
