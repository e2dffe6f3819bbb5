"""
loses: [invariants]
hint:
  en: >-
    Your logits come back in float32 whatever they were: keep their dtype.
  fr: >-
    Vos logits reviennent en float32 quels qu'ils aient été : gardez leur dtype.
"""

import math

import torch


def apply_temperature(logits, temperature):
    if temperature < 0:
        raise ValueError("negative temperature")
    if temperature == 0:
        best = greedy(logits).unsqueeze(-1)
        return logits.masked_fill(torch.arange(logits.shape[-1]) != best, -math.inf)
    return logits.float() / temperature
