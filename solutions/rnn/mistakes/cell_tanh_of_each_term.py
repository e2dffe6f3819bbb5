"""
loses: [cell]
hint:
  en: >-
    You take the tanh of the input's part and of the state's part, then add them. It is the tanh of their sum that
    is asked for.
  fr: >-
    Vous prenez le tanh de la part de l'entrée et celui de la part de l'état, puis vous les additionnez. On demande
    le tanh de leur somme.
"""

import torch


def rnn_cell(x_t, h, W, U, b):
    return torch.tanh(x_t @ W + b) + torch.tanh(h @ U)
