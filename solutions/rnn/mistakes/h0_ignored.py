"""
loses: [steps, layers]
hint:
  en: >-
    You start from zeros even when an `h0` is given.
  fr: >-
    Vous partez de zéros même quand un `h0` est donné.
"""

import torch


def rnn_forward(x, params, h0=None):
    h0 = x.new_zeros(len(params), x.shape[0], len(params[0]["b"]))
    inputs, last = x, []
    for i, layer in enumerate(params):
        h, states = h0[i], []
        for t in range(x.shape[1]):
            h = rnn_cell(inputs[:, t], h, layer["W"], layer["U"], layer["b"])
            states.append(h)
        inputs = torch.stack(states, dim=1)
        last.append(h)
    return inputs, torch.stack(last)
