"""
loses: [layers]
hint:
  en: >-
    You return `h0` as `h_n`: it is the states after the last step that are asked for.
  fr: >-
    Vous renvoyez `h0` comme `h_n` : ce sont les états après le dernier pas que l'on demande.
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
    return inputs, h0
