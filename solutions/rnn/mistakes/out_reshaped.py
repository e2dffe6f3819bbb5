"""
loses: [steps, layers]
hint:
  en: >-
    You put the states of all steps below each other and reshape: that mixes steps and sequences. Stack along a new
    dimension for time.
  fr: >-
    Vous mettez les états de tous les pas les uns sous les autres, puis vous changez la forme : pas et séquences se
    mélangent. Empilez selon une nouvelle dimension, celle du temps.
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
        inputs = torch.cat(states).reshape(x.shape[0], x.shape[1], -1)
        last.append(h)
    return inputs, torch.stack(last)
