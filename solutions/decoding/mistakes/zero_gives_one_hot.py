"""
loses: [temperature]
hint:
  en: >-
    At temperature 0 you return ones and zeros, which are probabilities. As logits, a 0 is not nothing: what
    removes a token?
  fr: >-
    À la température 0, vous renvoyez des uns et des zéros, qui sont des probabilités. Comme logit, 0 n'est pas
    rien : qu'est-ce qui retire un token ?
"""

import torch


def apply_temperature(logits, temperature):
    if temperature < 0:
        raise ValueError("negative temperature")
    if temperature == 0:
        return (torch.arange(logits.shape[-1]) == greedy(logits).unsqueeze(-1)).to(logits.dtype)
    return logits / temperature
