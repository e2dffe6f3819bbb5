"""
loses: [invariants]
hint:
  en: >-
    You write the new states into `h0`, which belongs to the caller: a second call would start from another state.
  fr: >-
    Vous écrivez les nouveaux états dans `h0`, qui appartient à l'appelant : un second appel partirait d'un autre
    état.
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
        outputs.append(h[-1].clone())
    return torch.stack(outputs, dim=1), h.clone()
