r"""
loses: [invariants]
hint:
  en: 'Your encoder runs without a graph: it can be used, but never trained.'
  fr: 'Votre encodeur tourne sans graphe : on peut s''en servir, jamais l''entraîner.'
"""


def encode(src, weights, n_heads, pad):
    x, mask = embed(src, weights["E_src"]), pad_mask(src, pad)
    for layer in weights["encoder"]:
        x = encoder_layer(x, layer, n_heads, mask)
    return x.detach()
