"""
loses: [encoder]
hint:
  en: >-
    Each of your states knows its own token only: the one before never comes in.
  fr: >-
    Chacun de vos états ne connaît que son propre token : le précédent n'entre jamais.
"""

import torch


def encode(source, mask, p):
    h = p["b_enc"].new_zeros(len(source), len(p["b_enc"]))
    states = []
    for token, real in zip(source.unbind(1), mask.unsqueeze(-1).unbind(1), strict=True):
        new = torch.tanh(p["E_src"][token] @ p["W_enc"].T + p["b_enc"])
        states.append(torch.where(real, new, 0.0))
        h = torch.where(real, new, h)
    return torch.stack(states, dim=1), h
