r"""
loses: [update]
hint:
  en: >-
    The layer adds its correction without $\alpha / r$.
  fr: >-
    La couche ajoute sa correction sans $\alpha / r$.
"""


class LoRALinear(LoRALinear):
    def forward(self, x):
        return self.base(x) if self.merged else self.base(x) + x @ self.A.T @ self.B.T
