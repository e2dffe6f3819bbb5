r"""
loses: [post-norm, pre-norm]
hint:
  en: 'Your two variants are swapped: norm_first=True means that the normalisation comes before the sublayer.'
  fr: 'Vos deux variantes sont échangées : norm_first=True signifie que la normalisation vient avant la sous-couche.'
"""


def encoder_layer(x, weights, n_heads, mask=None, norm_first=False):
    w = weights

    def attend(h):
        return multi_head_attention(h, h, w["W_q"], w["W_k"], w["W_v"], w["W_o"], n_heads, mask)

    def transform(h):
        return feed_forward(h, w["W_1"], w["b_1"], w["W_2"], w["b_2"])

    def norm_1(h):
        return layer_norm(h, w["gamma_1"], w["beta_1"])

    def norm_2(h):
        return layer_norm(h, w["gamma_2"], w["beta_2"])

    if not norm_first:
        x = x + attend(norm_1(x))
        return x + transform(norm_2(x))
    x = norm_1(x + attend(x))
    return norm_2(x + transform(x))
