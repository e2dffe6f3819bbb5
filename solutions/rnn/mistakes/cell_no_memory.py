"""
loses: [cell]
hint:
  en: >-
    Your new state does not depend on the one before: without it the network reads each input as if it were the
    first.
  fr: >-
    Votre nouvel état ne dépend pas du précédent : sans lui, le réseau lit chaque entrée comme si c'était la
    première.
"""

import torch


def rnn_cell(x_t, h, W, U, b):
    return torch.tanh(x_t @ W + b)
