"""
loses: [steps]
hint:
  en: >-
    Without `h0`, your zeros are float32 whatever `x` is. Give them the dtype of `x`.
  fr: >-
    Sans `h0`, vos zéros sont en float32 quel que soit `x`. Donnez-leur le dtype de `x`.
"""

import torch


def rnn_forward(x, params, h0=None):
    if h0 is None:
        h0 = torch.zeros(len(params), x.shape[0], len(params[0]["b"]))
    inputs, last = x, []
    for i, layer in enumerate(params):
        h, states = h0[i], []
        for t in range(x.shape[1]):
            h = rnn_cell(inputs[:, t], h, layer["W"], layer["U"], layer["b"])
            states.append(h)
        inputs = torch.stack(states, dim=1)
        last.append(h)
    return inputs, torch.stack(last)
