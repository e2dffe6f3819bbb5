"""
loses: [update, merge]
hint:
  en: >-
    No gradient goes back to `x` through your layer: the layers below it could not learn.
  fr: >-
    Aucun gradient ne revient vers `x` à travers votre couche : celles d'en dessous ne pourraient pas apprendre.
"""

import torch


class LoRALinear(LoRALinear):
    def forward(self, x):
        with torch.no_grad():
            out = self.base(x)
        return out if self.merged else out + x @ self.A.T @ self.B.T * (self.alpha / len(self.A))
