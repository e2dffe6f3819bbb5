r"""
loses: [layer-masks]
hint:
  en: 'Your two masks have changed places: the one about the target reaches the attention over memory.'
  fr: 'Vos deux masques ont changé de place : celui qui parle de la cible arrive à l''attention sur memory.'
"""


def decoder_layer(y, memory, weights, n_heads, self_mask=None, cross_mask=None):
    w = weights
    own = [w[f"W_{role}"] for role in "qkvo"]
    cross = [w[f"C_{role}"] for role in "qkvo"]
    network = [w[name] for name in ("W_1", "b_1", "W_2", "b_2")]

    def norm(x, i):
        return layer_norm(x, w[f"gamma_{i}"], w[f"beta_{i}"])

    y = norm(y + multi_head_attention(y, y, *own, n_heads, cross_mask), 1)
    y = norm(y + multi_head_attention(y, memory, *cross, n_heads, self_mask), 2)
    return norm(y + feed_forward(y, *network), 3)
