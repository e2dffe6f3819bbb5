"""
loses: [cell]
hint:
  en: >-
    You never add the bias `b`.
  fr: >-
    Vous n'ajoutez jamais le biais `b`.
"""

import torch


def rnn_cell(x_t, h, W, U, b):
    return torch.tanh(x_t @ W + h @ U)
