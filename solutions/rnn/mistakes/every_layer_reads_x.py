"""
loses: [layers]
hint:
  en: >-
    Each of your layers reads `x`. From the second on, a layer reads the states of the layer below.
  fr: >-
    Chacune de vos couches lit `x`. À partir de la deuxième, une couche lit les états de la couche du dessous.
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
        out = torch.stack(states, dim=1)
        last.append(h)
    return out, torch.stack(last)
