"""
loses: [invariants]
hint:
  en: >-
    Your encoder computes under `torch.no_grad()`: nothing in it can learn.
  fr: >-
    Votre encodeur calcule sous `torch.no_grad()` : rien ne peut y apprendre.
"""

import torch


@torch.no_grad()
def encode(source, mask, p):
    h = p["b_enc"].new_zeros(len(source), len(p["b_enc"]))
    states = []
    for token, real in zip(source.unbind(1), mask.unsqueeze(-1).unbind(1), strict=True):
        new = torch.tanh(p["E_src"][token] @ p["W_enc"].T + h @ p["U_enc"].T + p["b_enc"])
        states.append(torch.where(real, new, 0.0))
        h = torch.where(real, new, h)
    return torch.stack(states, dim=1), h
