r"""
loses: [decode]
hint:
  en: 'You return the logits of the last position only: in training, every position answers.'
  fr: 'Vous ne renvoyez que les logits de la dernière position : à l''entraînement, toutes répondent.'
"""


def decode(tgt, memory, source_mask, weights, n_heads, pad):
    y, T = embed(tgt, weights["E_tgt"]), tgt.shape[1]
    mask = causal_mask(T) & pad_mask(tgt, pad)
    for layer in weights["decoder"]:
        y = decoder_layer(y, memory, layer, n_heads, mask, source_mask)
    return y[:, -1] @ weights["W_out"] + weights["b_out"]
