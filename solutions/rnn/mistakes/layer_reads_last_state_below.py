"""
loses: [layers]
hint:
  en: >-
    Your upper layers read the last state of the layer below at every step. At step t they read its state at step t.
  fr: >-
    Vos couches supérieures lisent à chaque pas le dernier état de la couche du dessous. Au pas t, elles lisent son
    état du pas t.
"""

import torch


def rnn_forward(x, params, h0=None):
    if h0 is None:
        h0 = x.new_zeros(len(params), x.shape[0], len(params[0]["b"]))
    inputs, last = x, []
    tops = []
    for i, layer in enumerate(params):
        h, states = h0[i], []
        for t in range(x.shape[1]):
            h = rnn_cell(inputs[:, t], h, layer["W"], layer["U"], layer["b"])
            states.append(h)
        tops = states
        inputs = h.unsqueeze(1).expand(-1, x.shape[1], -1)
        last.append(h)
    return torch.stack(tops, dim=1), torch.stack(last)
