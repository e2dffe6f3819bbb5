"""
loses: [layers]
hint:
  en: >-
    You apply the weights of the first layer in every layer.
  fr: >-
    Vous appliquez dans toutes les couches les poids de la première.
"""

import torch


def rnn_forward(x, params, h0=None):
    if h0 is None:
        h0 = x.new_zeros(len(params), x.shape[0], len(params[0]["b"]))
    inputs, last = x, []
    for i in range(len(params)):
        h, states = h0[i], []
        for t in range(x.shape[1]):
            h = rnn_cell(inputs[:, t], h, params[0]["W"], params[0]["U"], params[0]["b"])
            states.append(h)
        inputs = torch.stack(states, dim=1)
        last.append(h)
    return inputs, torch.stack(last)
