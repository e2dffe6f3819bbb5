"""
loses: [merge]
hint:
  en: >-
    A second `merge()` adds the correction once more: what could tell it that it is there already?
  fr: >-
    Un second `merge()` ajoute encore la correction : qu'est-ce qui pourrait lui dire qu'elle y est déjà ?
"""


class LoRALinear(LoRALinear):
    def merge(self):
        self.base.weight.data += lora_delta(self.A, self.B, self.alpha).detach()
        self.merged = True
