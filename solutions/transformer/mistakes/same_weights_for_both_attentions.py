r"""
loses: [decoder-layer, layer-masks]
hint:
  en: 'Your cross-attention uses the matrices of the self-attention: it has four of its own.'
  fr: 'Votre attention croisée emploie les matrices de l''auto-attention : elle a les quatre siennes.'
"""


def decoder_layer(y, memory, weights, n_heads, self_mask=None, cross_mask=None):
    w = weights
    own = [w[f"W_{role}"] for role in "qkvo"]
    network = [w[name] for name in ("W_1", "b_1", "W_2", "b_2")]

    def norm(x, i):
        return layer_norm(x, w[f"gamma_{i}"], w[f"beta_{i}"])

    y = norm(y + multi_head_attention(y, y, *own, n_heads, self_mask), 1)
    y = norm(y + multi_head_attention(y, memory, *own, n_heads, cross_mask), 2)
    return norm(y + feed_forward(y, *network), 3)
