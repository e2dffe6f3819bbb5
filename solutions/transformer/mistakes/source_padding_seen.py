r"""
loses: [encode]
hint:
  en: 'Your encoder looks at the padding of the source: the same sentence gets other vectors when it is padded further.'
  fr: 'Votre encodeur regarde le padding de la source : la même phrase reçoit d''autres vecteurs quand on la complète davantage.'
"""


def encode(src, weights, n_heads, pad):
    x = embed(src, weights["E_src"])
    for layer in weights["encoder"]:
        x = encoder_layer(x, layer, n_heads)
    return x
