"""
loses: [temperature]
hint:
  en: >-
    A temperature above 1 should make the probabilities flatter; yours makes them sharper.
  fr: >-
    Une température supérieure à 1 devrait aplatir les probabilités ; la vôtre les rend plus pointues.
"""

import math

import torch


def apply_temperature(logits, temperature):
    if temperature < 0:
        raise ValueError("negative temperature")
    if temperature == 0:
        best = greedy(logits).unsqueeze(-1)
        return logits.masked_fill(torch.arange(logits.shape[-1]) != best, -math.inf)
    return logits * temperature
