"""
loses: [blocks]
hint:
  en: >-
    You keep the incomplete block and fill it up: the model would learn to predict filling. What is left
    over is dropped.
  fr: >-
    Vous gardez le bloc incomplet en le complétant : le modèle apprendrait à prédire du remplissage. Ce qui
    reste est abandonné.
"""

import torch


def make_blocks(ids, k):
    if k < 1:
        raise ValueError("k < 1")

    missing = -len(ids) % k
    return torch.cat([ids, ids.new_zeros(missing)]).reshape(-1, k)
