"""
loses: [steps, invariants]
hint:
  en: >-
    Your list holds the same tensor T times: what you write into it at the last step shows at every step.
  fr: >-
    Votre liste contient T fois le même tenseur : ce que vous y écrivez au dernier pas se voit à tous les pas.
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
        outputs.append(h[-1])
    return torch.stack(outputs, dim=1), h
