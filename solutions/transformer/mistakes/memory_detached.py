r"""
loses: [invariants]
hint:
  en: 'You cut memory from the graph: the encoder behind it can no longer learn.'
  fr: 'Vous coupez memory du graphe : l''encodeur qui la précède ne peut plus apprendre.'
"""


def decoder_layer(y, memory, weights, n_heads, self_mask=None, cross_mask=None):
    w = weights
    own = [w[f"W_{role}"] for role in "qkvo"]
    cross = [w[f"C_{role}"] for role in "qkvo"]
    network = [w[name] for name in ("W_1", "b_1", "W_2", "b_2")]

    def norm(x, i):
        return layer_norm(x, w[f"gamma_{i}"], w[f"beta_{i}"])

    y = norm(y + multi_head_attention(y, y, *own, n_heads, self_mask), 1)
    y = norm(y + multi_head_attention(y, memory.detach(), *cross, n_heads, cross_mask), 2)
    return norm(y + feed_forward(y, *network), 3)
