"""
loses: [encoder]
hint:
  en: >-
    Every output equals the last one: you keep the same tensor at each step and go on writing into it.
  fr: >-
    Toutes les sorties sont égales à la dernière : vous gardez le même tenseur à chaque pas et continuez d'y
    écrire.
"""

import torch


def encode(source, mask, p):
    h = p["b_enc"].new_zeros(len(source), len(p["b_enc"]))
    states = []
    for token, real in zip(source.unbind(1), mask.unsqueeze(-1).unbind(1), strict=True):
        new = torch.tanh(p["E_src"][token] @ p["W_enc"].T + h @ p["U_enc"].T + p["b_enc"])
        h = torch.where(real, new, h)
        states.append(h)
    return torch.stack([states[-1]] * len(states), dim=1) * mask.unsqueeze(-1), h
