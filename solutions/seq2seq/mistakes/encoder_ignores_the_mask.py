"""
loses: [encoder]
hint:
  en: >-
    Your state goes on moving over the padding. After the last real token it must stay what it is.
  fr: >-
    Votre état continue d'évoluer sur le padding. Après le dernier vrai token, il doit rester ce qu'il est.
"""

import torch


def encode(source, mask, p):
    h = p["b_enc"].new_zeros(len(source), len(p["b_enc"]))
    states = []
    for token, real in zip(source.unbind(1), mask.unsqueeze(-1).unbind(1), strict=True):
        new = torch.tanh(p["E_src"][token] @ p["W_enc"].T + h @ p["U_enc"].T + p["b_enc"])
        states.append(torch.where(real, new, 0.0))
        h = new
    return torch.stack(states, dim=1), h
