"""
loses: [merge]
hint:
  en: >-
    Your `merge()` sets `B` to zero: the correction can then never be taken off again.
  fr: >-
    Votre `merge()` remet `B` à zéro : la correction ne pourra plus jamais être retirée.
"""


class LoRALinear(LoRALinear):
    def merge(self):
        if not self.merged:
            self.base.weight.data += lora_delta(self.A, self.B, self.alpha).detach()
            self.B.data.zero_()
            self.merged = True
