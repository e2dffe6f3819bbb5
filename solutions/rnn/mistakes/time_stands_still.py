"""
loses: [steps, layers]
hint:
  en: >-
    Every step of yours starts from `h0`: the new state is never handed to the next step.
  fr: >-
    Chacun de vos pas repart de `h0` : le nouvel état n'est jamais transmis au pas suivant.
"""

import torch


def rnn_forward(x, params, h0=None):
    if h0 is None:
        h0 = x.new_zeros(len(params), x.shape[0], len(params[0]["b"]))
    inputs, last = x, []
    for i, layer in enumerate(params):
        h, states = h0[i], []
        for t in range(x.shape[1]):
            h = rnn_cell(inputs[:, t], h0[i], layer["W"], layer["U"], layer["b"])
            states.append(h)
        inputs = torch.stack(states, dim=1)
        last.append(h)
    return inputs, torch.stack(last)
