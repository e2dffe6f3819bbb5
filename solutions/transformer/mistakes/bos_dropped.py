r"""
loses: [decode]
hint:
  en: 'You drop the first token of the target before reading it: it is what the first answer follows.'
  fr: 'Vous ôtez le premier token de la cible avant de la lire : c''est celui que suit la première réponse.'
"""


def decode(tgt, memory, source_mask, weights, n_heads, pad):
    tgt = tgt[:, 1:]
    y, T = embed(tgt, weights["E_tgt"]), tgt.shape[1]
    mask = causal_mask(T) & pad_mask(tgt, pad)
    for layer in weights["decoder"]:
        y = decoder_layer(y, memory, layer, n_heads, mask, source_mask)
    return y @ weights["W_out"] + weights["b_out"]
