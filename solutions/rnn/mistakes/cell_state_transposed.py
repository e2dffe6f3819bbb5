"""
loses: [cell]
hint:
  en: >-
    You multiply the state by the transpose of `U`. `U` is stored [inputs, outputs], as `W` is; torch's own modules
    store the transpose.
  fr: >-
    Vous multipliez l'état par la transposée de `U`. `U` est stockée [entrées, sorties], comme `W` ; ce sont les
    modules de torch qui stockent la transposée.
"""

import torch


def rnn_cell(x_t, h, W, U, b):
    return torch.tanh(x_t @ W + h @ U.T + b)
