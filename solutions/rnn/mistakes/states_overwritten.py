"""
loses: [invariants]
hint:
  en: >-
    You write each state over the one before. Autograd still needs the old one to go back through that step: keep a
    new tensor per step.
  fr: >-
    Vous écrivez chaque état par-dessus le précédent. Autograd a encore besoin de l'ancien pour remonter à travers
    ce pas : gardez un nouveau tenseur par pas.
"""

import torch


def rnn_forward(x, params, h0=None):
    if h0 is None:
        h0 = x.new_zeros(len(params), x.shape[0], len(params[0]["b"]))
    h, outputs = h0.clone(), []
    for t in range(x.shape[1]):
        below = x[:, t]
        for i, layer in enumerate(params):
            h[i] = rnn_cell(below, h[i], layer["W"], layer["U"], layer["b"])
            below = h[i]
        outputs.append(h[-1].clone())
    return torch.stack(outputs, dim=1), h.clone()
