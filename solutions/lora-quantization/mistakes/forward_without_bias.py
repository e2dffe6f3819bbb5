"""
loses: [update, trained, merge]
hint:
  en: >-
    The bias of the base is lost on the way: call the base, rather than its weight.
  fr: >-
    Le biais de la base se perd en route : appelez la base plutôt que son poids.
"""


class LoRALinear(LoRALinear):
    def forward(self, x):
        out = x @ self.base.weight.T
        return out if self.merged else out + x @ self.A.T @ self.B.T * (self.alpha / len(self.A))
