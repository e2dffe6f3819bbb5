"""
loses: [steps, invariants]
hint:
  en: >-
    All your steps show the last state, and the caller's `h0` is overwritten: the states are written into one
    tensor, `h0` itself, and the list holds views of it. Make a new tensor at every step.
  fr: >-
    Tous vos pas montrent le dernier état, et le `h0` de l'appelant est écrasé : les états sont écrits dans un seul
    tenseur, `h0` lui-même, et la liste en contient des vues. Créez un nouveau tenseur à chaque pas.
"""

import torch


def rnn_forward(x, params, h0=None):
    if h0 is None:
        h0 = x.new_zeros(len(params), x.shape[0], len(params[0]["b"]))
    h, outputs = h0, []
    for t in range(x.shape[1]):
        below = x[:, t]
        for i, layer in enumerate(params):
            h[i] = rnn_cell(below, h[i], layer["W"], layer["U"], layer["b"])
            below = h[i]
        outputs.append(h[-1])
    return torch.stack(outputs, dim=1), h
