r"""
loses: [encode]
hint:
  en: 'Your encoder hides what follows from each token of the source. It is bidirectional: only padding is hidden.'
  fr: 'Votre encodeur cache à chaque token de la source ce qui le suit. Il est bidirectionnel : seul le padding est caché.'
"""

import torch


def encode(src, weights, n_heads, pad):
    x, T = embed(src, weights["E_src"]), src.shape[1]
    mask = pad_mask(src, pad) & torch.ones(T, T, dtype=torch.bool).tril()
    for layer in weights["encoder"]:
        x = encoder_layer(x, layer, n_heads, mask)
    return x
