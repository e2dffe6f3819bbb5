r"""
loses: [encode]
hint:
  en: 'Each of your encoder layers starts from the embeddings again: only the last one counts.'
  fr: 'Chacune de vos couches d''encodeur repart des embeddings : seule la dernière compte.'
"""


def encode(src, weights, n_heads, pad):
    x, mask = embed(src, weights["E_src"]), pad_mask(src, pad)
    memory = x
    for layer in weights["encoder"]:
        memory = encoder_layer(x, layer, n_heads, mask)
    return memory
