r"""
loses: [post-norm]
hint:
  en: 'In post-norm you normalise the sublayer''s output and add the input afterwards. The addition comes first, and the normalisation covers the sum.'
  fr: 'En post-norm, vous normalisez la sortie de la sous-couche, puis vous ajoutez l''entrée. L''addition vient d''abord, et la normalisation porte sur la somme.'
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

    if norm_first:
        x = x + attend(norm_1(x))
        return x + transform(norm_2(x))
    x = x + norm_1(attend(x))
    return x + norm_2(transform(x))
