"""
loses: [cell]
hint:
  en: >-
    You squeeze the sum with the sigmoid, whose values are all positive. Which function goes from -1 to 1?
  fr: >-
    Vous comprimez la somme par la sigmoïde, dont les valeurs sont toutes positives. Quelle fonction va de -1 à 1 ?
"""

import torch


def rnn_cell(x_t, h, W, U, b):
    return torch.sigmoid(x_t @ W + h @ U + b)
