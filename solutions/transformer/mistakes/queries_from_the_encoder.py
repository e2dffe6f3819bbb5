r"""
loses: [decoder-layer, layer-masks]
hint:
  en: 'In your cross-attention the encoder asks and the target is looked at. It is the decoder that asks.'
  fr: 'Dans votre attention croisée, l''encodeur interroge et la cible est regardée. C''est le décodeur qui interroge.'
"""


def decoder_layer(y, memory, weights, n_heads, self_mask=None, cross_mask=None):
    w = weights
    own = [w[f"W_{role}"] for role in "qkvo"]
    cross = [w[f"C_{role}"] for role in "qkvo"]
    network = [w[name] for name in ("W_1", "b_1", "W_2", "b_2")]

    def norm(x, i):
        return layer_norm(x, w[f"gamma_{i}"], w[f"beta_{i}"])

    y = norm(y + multi_head_attention(y, y, *own, n_heads, self_mask), 1)
    y = norm(y + multi_head_attention(memory, y, *cross, n_heads, cross_mask), 2)
    return norm(y + feed_forward(y, *network), 3)
