"""
loses: [steps, layers]
hint:
  en: >-
    You run along the first dimension as if it were time. `x` is [B, T, D]: the sequences come first, the steps
    second.
  fr: >-
    Vous parcourez la première dimension comme si c'était le temps. `x` est [B, T, D] : d'abord les séquences,
    ensuite les pas.
"""

import torch


def rnn_forward(x, params, h0=None):
    B, T, _ = x.shape
    if h0 is None:
        h0 = x.new_zeros(len(params), B, len(params[0]["b"]))
    inputs, last = x.reshape(T, B, -1), []
    for layer, h in zip(params, h0, strict=True):
        states = []
        for x_t in inputs:
            h = rnn_cell(x_t, h, layer["W"], layer["U"], layer["b"])
            states.append(h)
        inputs = torch.stack(states)
        last.append(h)
    return inputs.reshape(B, T, -1), torch.stack(last)
