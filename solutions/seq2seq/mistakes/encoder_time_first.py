"""
loses: [encoder]
hint:
  en: >-
    Your states come position first, sentence second. The batch is the first dimension.
  fr: >-
    Vos états viennent par position d'abord, par phrase ensuite. Le lot est la première dimension.
"""

import torch


def encode(source, mask, p):
    h = p["b_enc"].new_zeros(len(source), len(p["b_enc"]))
    states = []
    for token, real in zip(source.unbind(1), mask.unsqueeze(-1).unbind(1), strict=True):
        new = torch.tanh(p["E_src"][token] @ p["W_enc"].T + h @ p["U_enc"].T + p["b_enc"])
        states.append(torch.where(real, new, 0.0))
        h = torch.where(real, new, h)
    return torch.stack(states, dim=0), h
