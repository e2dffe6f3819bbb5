"""
loses: [steps, layers]
hint:
  en: >-
    Your `out` begins with `h0` and lacks the last state: it is one step late. `out[:, 0]` is the state after
    reading `x[:, 0]`.
  fr: >-
    Votre `out` commence par `h0` et il y manque le dernier état : il a un pas de retard. `out[:, 0]` est l'état
    après la lecture de `x[:, 0]`.
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
        tops = [h0[i], *states[:-1]]
        inputs = torch.stack(states, dim=1)
        last.append(h)
    return torch.stack(tops, dim=1), torch.stack(last)
