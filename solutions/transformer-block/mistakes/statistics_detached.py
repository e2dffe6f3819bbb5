r"""
loses: [layer-norm]
hint:
  en: 'Your values are right, your gradient is not: mean and variance are treated as constants, yet they depend on x.'
  fr: 'Vos valeurs sont justes, votre gradient non : la moyenne et la variance sont traitées comme des constantes, alors qu''elles dépendent de x.'
"""

import torch


def layer_norm(x, gamma, beta, eps=1e-5):
    with torch.no_grad():
        mean = x.mean(-1, keepdim=True)
        variance = (x - mean).square().mean(-1, keepdim=True)
    return gamma * (x - mean) / (variance + eps).sqrt() + beta
