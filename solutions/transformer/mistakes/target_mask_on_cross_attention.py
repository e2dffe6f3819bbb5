r"""
loses: [layer-masks]
hint:
  en: 'Your cross-attention gets the mask of the target. All of the source is known from the start: only its padding is hidden.'
  fr: 'Votre attention croisée reçoit le masque de la cible. Toute la source est connue dès le début : seul son padding est caché.'
"""


def decoder_layer(y, memory, weights, n_heads, self_mask=None, cross_mask=None):
    w = weights
    own = [w[f"W_{role}"] for role in "qkvo"]
    cross = [w[f"C_{role}"] for role in "qkvo"]
    network = [w[name] for name in ("W_1", "b_1", "W_2", "b_2")]

    def norm(x, i):
        return layer_norm(x, w[f"gamma_{i}"], w[f"beta_{i}"])

    y = norm(y + multi_head_attention(y, y, *own, n_heads, self_mask), 1)
    y = norm(y + multi_head_attention(y, memory, *cross, n_heads, self_mask), 2)
    return norm(y + feed_forward(y, *network), 3)
