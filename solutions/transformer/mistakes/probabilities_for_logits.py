r"""
loses: [decode]
hint:
  en: 'You return probabilities: logits are asked for, and the loss applies the softmax itself.'
  fr: 'Vous renvoyez des probabilités : on demande des logits, et la fonction de coût applique elle-même le softmax.'
"""


def decode(tgt, memory, source_mask, weights, n_heads, pad):
    y, T = embed(tgt, weights["E_tgt"]), tgt.shape[1]
    mask = causal_mask(T) & pad_mask(tgt, pad)
    for layer in weights["decoder"]:
        y = decoder_layer(y, memory, layer, n_heads, mask, source_mask)
    return (y @ weights["W_out"] + weights["b_out"]).softmax(-1)
