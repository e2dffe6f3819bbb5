"""
loses: [merge]
hint:
  en: >-
    You put a new parameter in the base, and a new parameter is trainable.
  fr: >-
    Vous mettez un nouveau paramètre dans la base, et un nouveau paramètre est entraînable.
"""

from torch import nn


class LoRALinear(LoRALinear):
    def merge(self):
        if not self.merged:
            self.base.weight = nn.Parameter(self.base.weight + lora_delta(self.A, self.B, self.alpha))
            self.merged = True
