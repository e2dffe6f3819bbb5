r"""
loses: [transformer, learning]
hint:
  en: 'Your decoder sees the words it is asked to guess. It need only copy them in training, and has nothing to copy when it translates.'
  fr: 'Votre décodeur voit les mots qu''on lui demande de deviner. À l''entraînement, il lui suffit de les recopier ; quand il traduit, il n''a plus rien à recopier.'
"""

import torch


def transformer_logits(src, read, params):
    real = (src != PAD)[:, None, None]
    everywhere = torch.ones(read.shape[1], read.shape[1], dtype=torch.bool)
    x, y = scaled_rows(src, params["E_src"]), scaled_rows(read, params["E_tgt"])
    for layer in params["encoder"]:
        x = normed(x + heads_look(x, x, layer, "W", real)[0], layer, 1)
        x = normed(x + two_maps(x, layer), layer, 2)
    for layer in params["decoder"]:
        y = normed(y + heads_look(y, y, layer, "W", everywhere)[0], layer, 1)
        found, weights = heads_look(y, x, layer, "C", real)
        y = normed(y + found, layer, 2)
        y = normed(y + two_maps(y, layer), layer, 3)
    return y @ params["W_out"] + params["b_out"], weights.mean(dim=1)
