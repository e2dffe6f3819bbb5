r"""
loses: [decoder-layer, layer-masks]
hint:
  en: 'You normalise before each sublayer (pre-norm). This layer is the one of 2017, which normalises after each addition.'
  fr: 'Vous normalisez avant chaque sous-couche (pre-norm). Cette couche est celle de 2017, qui normalise après chaque addition.'
"""


def decoder_layer(y, memory, weights, n_heads, self_mask=None, cross_mask=None):
    w = weights
    own = [w[f"W_{role}"] for role in "qkvo"]
    cross = [w[f"C_{role}"] for role in "qkvo"]
    network = [w[name] for name in ("W_1", "b_1", "W_2", "b_2")]

    def norm(x, i):
        return layer_norm(x, w[f"gamma_{i}"], w[f"beta_{i}"])

    h = norm(y, 1)
    y = y + multi_head_attention(h, h, *own, n_heads, self_mask)
    y = y + multi_head_attention(norm(y, 2), memory, *cross, n_heads, cross_mask)
    return y + feed_forward(norm(y, 3), *network)
