"""
loses: [temperature]
hint:
  en: >-
    At temperature 0 you write −∞ into the logits of the caller.
  fr: >-
    À la température 0, vous écrivez −∞ dans les logits de l'appelant.
"""

import math

import torch


def apply_temperature(logits, temperature):
    if temperature < 0:
        raise ValueError("negative temperature")
    if temperature == 0:
        best = greedy(logits).unsqueeze(-1)
        with torch.no_grad():
            logits[torch.arange(logits.shape[-1]) != best] = -math.inf
        return logits
    return logits / temperature
