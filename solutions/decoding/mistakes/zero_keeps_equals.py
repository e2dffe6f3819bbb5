"""
loses: [temperature]
hint:
  en: >-
    At temperature 0, several tokens of the same highest logit are left in your result; only the one that
    `greedy` picks may be.
  fr: >-
    À la température 0, plusieurs tokens de même logit maximal restent chez vous ; seul celui que choisit
    `greedy` le doit.
"""

import math


def apply_temperature(logits, temperature):
    if temperature < 0:
        raise ValueError("negative temperature")
    if temperature == 0:
        return logits.masked_fill(logits < logits.amax(dim=-1, keepdim=True), -math.inf)
    return logits / temperature
