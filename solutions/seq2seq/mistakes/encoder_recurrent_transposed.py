"""
loses: [encoder]
hint:
  en: >-
    Your recurrent matrix is applied the wrong way round: rows of `U_enc` make the new state.
  fr: >-
    Votre matrice récurrente est appliquée à l'envers : ce sont les lignes de `U_enc` qui font le nouvel état.
"""

import torch


def encode(source, mask, p):
    h = p["b_enc"].new_zeros(len(source), len(p["b_enc"]))
    states = []
    for token, real in zip(source.unbind(1), mask.unsqueeze(-1).unbind(1), strict=True):
        new = torch.tanh(p["E_src"][token] @ p["W_enc"].T + h @ p["U_enc"] + p["b_enc"])
        states.append(torch.where(real, new, 0.0))
        h = torch.where(real, new, h)
    return torch.stack(states, dim=1), h
