"""
loses: [encoder]
hint:
  en: >-
    You hand over the mean of the states. The model asks for the last one.
  fr: >-
    Vous transmettez la moyenne des états. Le modèle demande le dernier.
"""

import torch


def encode(source, mask, p):
    h = p["b_enc"].new_zeros(len(source), len(p["b_enc"]))
    states = []
    for token, real in zip(source.unbind(1), mask.unsqueeze(-1).unbind(1), strict=True):
        new = torch.tanh(p["E_src"][token] @ p["W_enc"].T + h @ p["U_enc"].T + p["b_enc"])
        states.append(torch.where(real, new, 0.0))
        h = torch.where(real, new, h)
    return torch.stack(states, dim=1), torch.stack(states).sum(0) / mask.sum(1, keepdim=True).clamp(min=1)
