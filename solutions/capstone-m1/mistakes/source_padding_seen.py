r"""
loses: [transformer]
hint:
  en: 'Your Transformer looks at the padding of the source. Which of its attentions can see it?'
  fr: 'Votre Transformer regarde le padding de la source. Lesquelles de ses attentions peuvent le voir ?'
"""

import torch


def transformer_logits(src, read, params):
    all_of_it = torch.ones(1, 1, 1, src.shape[1], dtype=torch.bool)
    past = torch.ones(read.shape[1], read.shape[1], dtype=torch.bool).tril()
    x, y = scaled_rows(src, params["E_src"]), scaled_rows(read, params["E_tgt"])
    for layer in params["encoder"]:
        x = normed(x + heads_look(x, x, layer, "W", all_of_it)[0], layer, 1)
        x = normed(x + two_maps(x, layer), layer, 2)
    for layer in params["decoder"]:
        y = normed(y + heads_look(y, y, layer, "W", past)[0], layer, 1)
        found, weights = heads_look(y, x, layer, "C", all_of_it)
        y = normed(y + found, layer, 2)
        y = normed(y + two_maps(y, layer), layer, 3)
    return y @ params["W_out"] + params["b_out"], weights.mean(dim=1)
