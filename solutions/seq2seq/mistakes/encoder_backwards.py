"""
loses: [encoder]
hint:
  en: >-
    You read the source from its end. The states are then right for another sentence.
  fr: >-
    Vous lisez la source par la fin. Les états sont alors justes pour une autre phrase.
"""

import torch


def encode(source, mask, p):
    h = p["b_enc"].new_zeros(len(source), len(p["b_enc"]))
    states = []
    for token, real in zip(source.flip(1).unbind(1), mask.unsqueeze(-1).flip(1).unbind(1), strict=True):
        new = torch.tanh(p["E_src"][token] @ p["W_enc"].T + h @ p["U_enc"].T + p["b_enc"])
        states.append(torch.where(real, new, 0.0))
        h = torch.where(real, new, h)
    return torch.stack(states[::-1], dim=1), h
