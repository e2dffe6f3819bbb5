"""
loses: [encoder]
hint:
  en: >-
    At padding positions you repeat the last state in `enc`. Keep it for `s0`, but `enc` is zero there.
  fr: >-
    Aux positions de padding, vous répétez le dernier état dans `enc`. Gardez-le pour `s0`, mais `enc` y est
    nul.
"""

import torch


def encode(source, mask, p):
    h = p["b_enc"].new_zeros(len(source), len(p["b_enc"]))
    states = []
    for token, real in zip(source.unbind(1), mask.unsqueeze(-1).unbind(1), strict=True):
        new = torch.tanh(p["E_src"][token] @ p["W_enc"].T + h @ p["U_enc"].T + p["b_enc"])
        h = torch.where(real, new, h)
        states.append(h)
    return torch.stack(states, dim=1), h
