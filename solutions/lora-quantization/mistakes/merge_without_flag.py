"""
loses: [merge]
hint:
  en: >-
    Your `merge()` does not remember that it took place.
  fr: >-
    Votre `merge()` ne retient pas qu'il a eu lieu.
"""


class LoRALinear(LoRALinear):
    def merge(self):
        if not self.merged:
            self.base.weight.data += lora_delta(self.A, self.B, self.alpha).detach()
