"""
loses: [cell]
hint:
  en: >-
    You add the bias once to the input and once to the state. torch has two biases; here there is one, counted once.
  fr: >-
    Vous ajoutez le biais une fois à l'entrée et une fois à l'état. torch a deux biais ; ici il n'y en a qu'un,
    compté une fois.
"""

import torch


def rnn_cell(x_t, h, W, U, b):
    return torch.tanh(x_t @ W + b + h @ U + b)
