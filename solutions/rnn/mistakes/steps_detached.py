"""
loses: [invariants]
hint:
  en: >-
    You cut the graph at every step, so no step can learn from what was read before it. `detach` belongs between two
    blocks of training, outside this function.
  fr: >-
    Vous coupez le graphe à chaque pas : aucun pas ne peut apprendre de ce qui a été lu avant lui. `detach` a sa
    place entre deux blocs d'entraînement, hors de cette fonction.
"""

import torch


def rnn_forward(x, params, h0=None):
    if h0 is None:
        h0 = x.new_zeros(len(params), x.shape[0], len(params[0]["b"]))
    inputs, last = x, []
    for i, layer in enumerate(params):
        h, states = h0[i], []
        for t in range(x.shape[1]):
            h = rnn_cell(inputs[:, t], h.detach(), layer["W"], layer["U"], layer["b"])
            states.append(h)
        inputs = torch.stack(states, dim=1)
        last.append(h)
    return inputs, torch.stack(last)
