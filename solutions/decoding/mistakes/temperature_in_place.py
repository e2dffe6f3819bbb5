"""
loses: [invariants]
hint:
  en: >-
    `/=` writes into the logits of the caller. Divide into a new tensor.
  fr: >-
    `/=` écrit dans les logits de l'appelant. Divisez dans un nouveau tenseur.
"""

import math

import torch


def apply_temperature(logits, temperature):
    if temperature < 0:
        raise ValueError("negative temperature")
    if temperature == 0:
        best = greedy(logits).unsqueeze(-1)
        return logits.masked_fill(torch.arange(logits.shape[-1]) != best, -math.inf)
    with torch.no_grad():
        logits /= temperature
    return logits
