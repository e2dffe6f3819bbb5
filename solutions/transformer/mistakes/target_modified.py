r"""
loses: [invariants]
hint:
  en: 'You add to y in place: the tensor that your caller gave is changed.'
  fr: 'Vous ajoutez à y sur place : le tenseur donné par l''appelant est modifié.'
"""


def decoder_layer(y, memory, weights, n_heads, self_mask=None, cross_mask=None):
    w = weights
    own = [w[f"W_{role}"] for role in "qkvo"]
    cross = [w[f"C_{role}"] for role in "qkvo"]
    network = [w[name] for name in ("W_1", "b_1", "W_2", "b_2")]

    def norm(x, i):
        return layer_norm(x, w[f"gamma_{i}"], w[f"beta_{i}"])

    attended = multi_head_attention(y, y, *own, n_heads, self_mask)
    if y.is_leaf and not y.requires_grad:
        y += attended
    else:
        y = y + attended
    y = norm(y, 1)
    y = norm(y + multi_head_attention(y, memory, *cross, n_heads, cross_mask), 2)
    return norm(y + feed_forward(y, *network), 3)
