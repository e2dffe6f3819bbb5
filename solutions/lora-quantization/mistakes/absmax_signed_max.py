"""
loses: [absmax, edges]
hint:
  en: >-
    Your scale comes from the largest value; a large negative weight then does not fit.
  fr: >-
    Votre échelle vient de la plus grande valeur ; un grand poids négatif n'y tient alors pas.
"""

import torch


def quantize_absmax(x, bits=8):
    scale = x.amax() / (2 ** (bits - 1) - 1)
    scale = torch.where(scale > 0, scale, 1.0)
    return torch.round(x / scale).to(torch.int8), scale
