"""
loses: [adapters]
hint:
  en: >-
    Both factors of your adapters are zero: the gradient of each is a product with the other, so neither ever
    learns.
  fr: >-
    Les deux facteurs de vos adaptateurs sont nuls : le gradient de chacun est un produit par l'autre, et aucun
    n'apprend jamais.
"""

import torch


def fresh_adapters(params, names, rank, seed=0):
    sizes = {name: params[name].shape for name in names}
    return {name: (torch.zeros(rows, rank), torch.zeros(rank, columns)) for name, (rows, columns) in sizes.items()}
