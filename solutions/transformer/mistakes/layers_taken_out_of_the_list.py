r"""
loses: [invariants]
hint:
  en: 'You take the layers out of the list in weights: the next call finds none left.'
  fr: 'Vous sortez les couches de la liste de weights : l''appel suivant n''en trouve plus.'
"""


def encode(src, weights, n_heads, pad):
    x, mask = embed(src, weights["E_src"]), pad_mask(src, pad)
    left = weights["encoder"]
    count = len(left)
    for _ in range(count):
        layer = left.pop(0)
        x = encoder_layer(x, layer, n_heads, mask)
    return x
