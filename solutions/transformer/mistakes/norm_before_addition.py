r"""
loses: [decoder-layer, layer-masks]
hint:
  en: 'You normalise what a sublayer answers and add afterwards: the addition comes first.'
  fr: 'Vous normalisez la réponse d''une sous-couche et additionnez ensuite : l''addition vient d''abord.'
"""


def decoder_layer(y, memory, weights, n_heads, self_mask=None, cross_mask=None):
    w = weights
    own = [w[f"W_{role}"] for role in "qkvo"]
    cross = [w[f"C_{role}"] for role in "qkvo"]
    network = [w[name] for name in ("W_1", "b_1", "W_2", "b_2")]

    def norm(x, i):
        return layer_norm(x, w[f"gamma_{i}"], w[f"beta_{i}"])

    y = y + norm(multi_head_attention(y, y, *own, n_heads, self_mask), 1)
    y = y + norm(multi_head_attention(y, memory, *cross, n_heads, cross_mask), 2)
    return y + norm(feed_forward(y, *network), 3)
