"""
loses: [layers]
hint:
  en: >-
    Your first layer starts from the last row of `h0`. `h0` is in the order of `params`.
  fr: >-
    Votre première couche part de la dernière ligne de `h0`. `h0` est dans l'ordre de `params`.
"""

import torch


def rnn_forward(x, params, h0=None):
    if h0 is None:
        h0 = x.new_zeros(len(params), x.shape[0], len(params[0]["b"]))
    inputs, last = x, []
    for i, layer in enumerate(params):
        h, states = h0[-1 - i], []
        for t in range(x.shape[1]):
            h = rnn_cell(inputs[:, t], h, layer["W"], layer["U"], layer["b"])
            states.append(h)
        inputs = torch.stack(states, dim=1)
        last.append(h)
    return inputs, torch.stack(last)
