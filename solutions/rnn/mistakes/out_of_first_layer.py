"""
loses: [layers]
hint:
  en: >-
    Your `out` holds the states of the first layer. It is the last layer that the rest of the model reads.
  fr: >-
    Votre `out` contient les états de la première couche. C'est la dernière que lit le reste du modèle.
"""

import torch


def rnn_forward(x, params, h0=None):
    if h0 is None:
        h0 = x.new_zeros(len(params), x.shape[0], len(params[0]["b"]))
    inputs, last = x, []
    outs = []
    for i, layer in enumerate(params):
        h, states = h0[i], []
        for t in range(x.shape[1]):
            h = rnn_cell(inputs[:, t], h, layer["W"], layer["U"], layer["b"])
            states.append(h)
        outs.append(torch.stack(states, dim=1))
        inputs = torch.stack(states, dim=1)
        last.append(h)
    return outs[0], torch.stack(last)
