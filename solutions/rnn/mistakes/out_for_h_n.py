"""
loses: [layers]
hint:
  en: >-
    You return the last layer's state alone as `h_n`. It holds the last state of every layer.
  fr: >-
    Vous renvoyez comme `h_n` le seul état de la dernière couche. Il contient le dernier état de chaque couche.
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
    return inputs, inputs[:, -1]
