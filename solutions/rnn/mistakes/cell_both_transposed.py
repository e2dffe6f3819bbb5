"""
loses: [cell]
hint:
  en: >-
    You multiply by transposed weights, as torch's own modules store them. Here both `W` and `U` are [inputs,
    outputs].
  fr: >-
    Vous multipliez par des poids transposés, comme les modules de torch les stockent. Ici, `W` et `U` sont toutes
    deux [entrées, sorties].
"""

import torch
import torch.nn.functional as F


def rnn_cell(x_t, h, W, U, b):
    return torch.tanh(F.linear(x_t, W) + F.linear(h, U, b))
