r"""
loses: [decode]
hint:
  en: 'From the second layer on, your decoder looks at its own last answer in the place of memory.'
  fr: 'À partir de la deuxième couche, votre décodeur regarde sa propre dernière réponse à la place de memory.'
"""


def decode(tgt, memory, source_mask, weights, n_heads, pad):
    y, T = embed(tgt, weights["E_tgt"]), tgt.shape[1]
    mask = causal_mask(T) & pad_mask(tgt, pad)
    source, seen = memory, source_mask
    for layer in weights["decoder"]:
        y = decoder_layer(y, source, layer, n_heads, mask, seen)
        source, seen = y, mask
    return y @ weights["W_out"] + weights["b_out"]
