"""
loses: [invariants]
hint:
  en: >-
    Your cell writes the new state into the tensor of the old one, which belongs to the caller. Return a new tensor.
  fr: >-
    Votre cellule écrit le nouvel état dans le tenseur de l'ancien, qui appartient à l'appelant. Renvoyez un nouveau
    tenseur.
"""

import torch


def rnn_cell(x_t, h, W, U, b):
    return h.copy_(torch.tanh(x_t @ W + h @ U + b))
