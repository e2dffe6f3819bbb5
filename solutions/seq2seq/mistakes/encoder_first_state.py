"""
loses: [encoder]
hint:
  en: >-
    You hand over the first state. The decoder needs the one that has read everything.
  fr: >-
    Vous transmettez le premier état. Le décodeur a besoin de celui qui a tout lu.
"""

import torch


def encode(source, mask, p):
    h = p["b_enc"].new_zeros(len(source), len(p["b_enc"]))
    states = []
    for token, real in zip(source.unbind(1), mask.unsqueeze(-1).unbind(1), strict=True):
        new = torch.tanh(p["E_src"][token] @ p["W_enc"].T + h @ p["U_enc"].T + p["b_enc"])
        states.append(torch.where(real, new, 0.0))
        h = torch.where(real, new, h)
    return torch.stack(states, dim=1), states[0]
