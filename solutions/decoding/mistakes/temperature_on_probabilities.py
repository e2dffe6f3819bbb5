"""
loses: [temperature]
hint:
  en: >-
    You divide probabilities. Once a row is made to sum to 1 again, nothing is left of that division: what
    should be divided?
  fr: >-
    Vous divisez des probabilités. Une fois la ligne ramenée à une somme de 1, il ne reste rien de cette
    division : que faut-il diviser ?
"""

import math

import torch


def apply_temperature(logits, temperature):
    if temperature < 0:
        raise ValueError("negative temperature")
    if temperature == 0:
        best = greedy(logits).unsqueeze(-1)
        return logits.masked_fill(torch.arange(logits.shape[-1]) != best, -math.inf)
    return logits.softmax(dim=-1) / temperature
