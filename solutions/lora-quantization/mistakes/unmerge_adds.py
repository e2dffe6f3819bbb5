"""
loses: [merge]
hint:
  en: >-
    Your `unmerge()` adds the correction a second time instead of taking it off.
  fr: >-
    Votre `unmerge()` ajoute la correction une seconde fois au lieu de la retirer.
"""


class LoRALinear(LoRALinear):
    def unmerge(self):
        if self.merged:
            self.base.weight.data += lora_delta(self.A, self.B, self.alpha).detach()
            self.merged = False
