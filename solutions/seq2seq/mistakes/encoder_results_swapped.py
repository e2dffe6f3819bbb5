"""
loses: [encoder]
hint:
  en: >-
    You return the last state first: the order is (enc, s0).
  fr: >-
    Vous renvoyez le dernier état en premier : l'ordre est (enc, s0).
"""

import torch


def encode(source, mask, p):
    h = p["b_enc"].new_zeros(len(source), len(p["b_enc"]))
    states = []
    for token, real in zip(source.unbind(1), mask.unsqueeze(-1).unbind(1), strict=True):
        new = torch.tanh(p["E_src"][token] @ p["W_enc"].T + h @ p["U_enc"].T + p["b_enc"])
        states.append(torch.where(real, new, 0.0))
        h = torch.where(real, new, h)
    return h, torch.stack(states, dim=1)
