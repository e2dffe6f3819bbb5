"""
loses: [merge]
hint:
  en: >-
    After `unmerge()` your layer still takes itself for merged.
  fr: >-
    Après `unmerge()`, votre couche se croit encore fusionnée.
"""


class LoRALinear(LoRALinear):
    def unmerge(self):
        if self.merged:
            self.base.weight.data -= lora_delta(self.A, self.B, self.alpha).detach()
