r"""
loses: [encode]
hint:
  en: 'Padding is hidden in your first encoder layer only: its vectors come back into view in the others.'
  fr: 'Le padding n''est caché que dans votre première couche d''encodeur : ses vecteurs redeviennent visibles dans les autres.'
"""


def encode(src, weights, n_heads, pad):
    x, mask = embed(src, weights["E_src"]), pad_mask(src, pad)
    for layer in weights["encoder"]:
        x = encoder_layer(x, layer, n_heads, mask)
        mask = None
    return x
