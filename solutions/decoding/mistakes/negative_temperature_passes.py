"""
loses: [temperature]
hint:
  en: >-
    A negative temperature turns the order of the tokens upside down: it must raise `ValueError`.
  fr: >-
    Une température négative renverse l'ordre des tokens : elle doit lever une `ValueError`.
"""

import math

import torch


def apply_temperature(logits, temperature):
    if temperature == 0:
        best = greedy(logits).unsqueeze(-1)
        return logits.masked_fill(torch.arange(logits.shape[-1]) != best, -math.inf)
    return logits / temperature
