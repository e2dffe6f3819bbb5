"""
loses: [merge]
hint:
  en: >-
    Your `unmerge()` takes off a correction that was never added.
  fr: >-
    Votre `unmerge()` retire une correction qui n'a jamais été ajoutée.
"""


class LoRALinear(LoRALinear):
    def unmerge(self):
        self.base.weight.data -= lora_delta(self.A, self.B, self.alpha).detach()
        self.merged = False
