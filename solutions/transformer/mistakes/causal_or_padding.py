r"""
loses: [decode]
hint:
  en: 'In your decoder a token may be looked at if one of the masks allows it. Both have to.'
  fr: 'Dans votre décodeur, un token peut être regardé si l''un des masques le permet. Il faut que les deux le permettent.'
"""


def decode(tgt, memory, source_mask, weights, n_heads, pad):
    y, T = embed(tgt, weights["E_tgt"]), tgt.shape[1]
    mask = causal_mask(T) | pad_mask(tgt, pad)
    for layer in weights["decoder"]:
        y = decoder_layer(y, memory, layer, n_heads, mask, source_mask)
    return y @ weights["W_out"] + weights["b_out"]
