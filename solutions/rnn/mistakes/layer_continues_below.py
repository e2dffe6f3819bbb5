"""
loses: [layers]
hint:
  en: >-
    Your upper layers start from the last state of the layer below. Each layer starts from its own `h0[l]`.
  fr: >-
    Vos couches supérieures partent du dernier état de la couche du dessous. Chaque couche part de son propre
    `h0[l]`.
"""

import torch


def rnn_forward(x, params, h0=None):
    if h0 is None:
        h0 = x.new_zeros(len(params), x.shape[0], len(params[0]["b"]))
    inputs, last = x, []
    for i, layer in enumerate(params):
        h, states = h0[0] if i == 0 else last[-1], []
        for t in range(x.shape[1]):
            h = rnn_cell(inputs[:, t], h, layer["W"], layer["U"], layer["b"])
            states.append(h)
        inputs = torch.stack(states, dim=1)
        last.append(h)
    return inputs, torch.stack(last)
