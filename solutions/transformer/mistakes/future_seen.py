r"""
loses: [decode]
hint:
  en: 'Your decoder sees the future: changing a token of the target changes the answers before it. In training it would copy the token it should guess.'
  fr: 'Votre décodeur voit le futur : changer un token de la cible change les réponses qui le précèdent. À l''entraînement, il recopierait le token à deviner.'
"""


def decode(tgt, memory, source_mask, weights, n_heads, pad):
    y = embed(tgt, weights["E_tgt"])
    mask = pad_mask(tgt, pad)
    for layer in weights["decoder"]:
        y = decoder_layer(y, memory, layer, n_heads, mask, source_mask)
    return y @ weights["W_out"] + weights["b_out"]
