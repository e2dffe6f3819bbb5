r"""
loses: [pre-norm]
hint:
  en: 'In pre-norm only your queries are made from the normalised x. Keys and values are made from it too.'
  fr: 'En pre-norm, seules vos requêtes sont tirées du x normalisé. Les clés et les valeurs le sont aussi.'
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
        x = x + multi_head_attention(norm_1(x), x, w["W_q"], w["W_k"], w["W_v"], w["W_o"], n_heads, mask)
        return x + transform(norm_2(x))
    x = norm_1(x + attend(x))
    return norm_2(x + transform(x))
