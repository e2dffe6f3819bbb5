"""
loses: [steps]
hint:
  en: >-
    Your `out` repeats the last state at every step. Each step has a state of its own.
  fr: >-
    Votre `out` répète le dernier état à tous les pas. Chaque pas a son propre état.
"""

import torch


def rnn_forward(x, params, h0=None):
    if h0 is None:
        h0 = x.new_zeros(len(params), x.shape[0], len(params[0]["b"]))
    inputs, last = x, []
    for i, layer in enumerate(params):
        h, states = h0[i], []
        for t in range(x.shape[1]):
            h = rnn_cell(inputs[:, t], h, layer["W"], layer["U"], layer["b"])
            states.append(h)
        inputs = torch.stack(states, dim=1)
        last.append(h)
    return inputs[:, -1:].expand_as(inputs).contiguous(), torch.stack(last)
