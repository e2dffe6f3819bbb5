r"""
loses: [decode]
hint:
  en: 'Your decoder does not pass source_mask on: its layers look at the padding of the source.'
  fr: 'Votre décodeur ne transmet pas source_mask : ses couches regardent le padding de la source.'
"""


def decode(tgt, memory, source_mask, weights, n_heads, pad):
    y, T = embed(tgt, weights["E_tgt"]), tgt.shape[1]
    mask = causal_mask(T) & pad_mask(tgt, pad)
    for layer in weights["decoder"]:
        y = decoder_layer(y, memory, layer, n_heads, mask)
    return y @ weights["W_out"] + weights["b_out"]
