"""
loses: [layers]
hint:
  en: >-
    All your layers start from `h0[0]`. Each has its own.
  fr: >-
    Toutes vos couches partent de `h0[0]`. Chacune a le sien.
"""

import torch


def rnn_forward(x, params, h0=None):
    if h0 is None:
        h0 = x.new_zeros(len(params), x.shape[0], len(params[0]["b"]))
    inputs, last = x, []
    for layer in params:
        h, states = h0[0], []
        for t in range(x.shape[1]):
            h = rnn_cell(inputs[:, t], h, layer["W"], layer["U"], layer["b"])
            states.append(h)
        inputs = torch.stack(states, dim=1)
        last.append(h)
    return inputs, torch.stack(last)
