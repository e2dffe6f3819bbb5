"""
loses: [update]
hint:
  en: >-
    The layer multiplies its correction by `alpha` and forgets the rank.
  fr: >-
    La couche multiplie sa correction par `alpha` et oublie le rang.
"""


class LoRALinear(LoRALinear):
    def forward(self, x):
        out = self.base(x)
        return out if self.merged else out + self.alpha * (x @ self.A.T @ self.B.T)
