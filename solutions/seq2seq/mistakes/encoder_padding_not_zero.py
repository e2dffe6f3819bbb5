"""
loses: [encoder]
hint:
  en: >-
    Your last state is right; what stands in `enc` at padding positions?
  fr: >-
    Votre dernier état est juste ; que contient `enc` aux positions de padding ?
"""

import torch


def encode(source, mask, p):
    h = p["b_enc"].new_zeros(len(source), len(p["b_enc"]))
    states = []
    for token, real in zip(source.unbind(1), mask.unsqueeze(-1).unbind(1), strict=True):
        new = torch.tanh(p["E_src"][token] @ p["W_enc"].T + h @ p["U_enc"].T + p["b_enc"])
        states.append(new)
        h = torch.where(real, new, h)
    return torch.stack(states, dim=1), h
