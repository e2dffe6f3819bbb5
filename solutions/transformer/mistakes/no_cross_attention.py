r"""
loses: [decoder-layer, layer-masks]
hint:
  en: 'Your second attention looks at the target once more: the source never enters your decoder.'
  fr: 'Votre seconde attention regarde encore la cible : la source n''entre jamais dans votre décodeur.'
"""


def decoder_layer(y, memory, weights, n_heads, self_mask=None, cross_mask=None):
    w = weights
    own = [w[f"W_{role}"] for role in "qkvo"]
    cross = [w[f"C_{role}"] for role in "qkvo"]
    network = [w[name] for name in ("W_1", "b_1", "W_2", "b_2")]

    def norm(x, i):
        return layer_norm(x, w[f"gamma_{i}"], w[f"beta_{i}"])

    y = norm(y + multi_head_attention(y, y, *own, n_heads, self_mask), 1)
    y = norm(y + multi_head_attention(y, y, *cross, n_heads, self_mask), 2)
    return norm(y + feed_forward(y, *network), 3)
