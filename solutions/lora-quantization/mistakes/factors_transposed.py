"""
loses: [update, trained, merge]
hint:
  en: >-
    Your factors have the shapes `[d_in, r]` and `[r, d_out]`; the text asks for their transposes.
  fr: >-
    Vos facteurs ont pour formes `[d_in, r]` et `[r, d_out]` ; l'énoncé demande leurs transposées.
"""

from torch import nn


class LoRALinear(LoRALinear):
    def __init__(self, base, r, alpha, seed=0):
        super().__init__(base, r, alpha, seed)
        self.A, self.B = nn.Parameter(self.A.detach().T.clone()), nn.Parameter(self.B.detach().T.clone())

    def forward(self, x):
        out = self.base(x)
        return out if self.merged else out + x @ self.A @ self.B * (self.alpha / len(self.B))

    def merge(self):
        if not self.merged:
            self.base.weight.data += lora_delta(self.A.T, self.B.T, self.alpha).detach()
            self.merged = True

    def unmerge(self):
        if self.merged:
            self.base.weight.data -= lora_delta(self.A.T, self.B.T, self.alpha).detach()
            self.merged = False
