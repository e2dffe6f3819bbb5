"""
loses: [layers]
hint:
  en: >-
    At step t your upper layers read the state that the layer below had at step t - 1. They read the one it has just
    computed.
  fr: >-
    Au pas t, vos couches supérieures lisent l'état que la couche du dessous avait au pas t - 1. Elles lisent celui
    qu'elle vient de calculer.
"""

import torch


def rnn_forward(x, params, h0=None):
    if h0 is None:
        h0 = x.new_zeros(len(params), x.shape[0], len(params[0]["b"]))
    state, outputs = list(h0), []
    for t in range(x.shape[1]):
        below = [x[:, t], *state[:-1]]
        state = [
            rnn_cell(inputs, h, layer["W"], layer["U"], layer["b"])
            for inputs, h, layer in zip(below, state, params, strict=True)
        ]
        outputs.append(state[-1])
    return torch.stack(outputs, dim=1), torch.stack(state)
