r"""
loses: [pre-norm]
hint:
  en: 'In pre-norm your additions start from the normalised x: the residual path must carry x as it is.'
  fr: 'En pre-norm, vos additions partent du x normalisé : le chemin résiduel doit porter x tel quel.'
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
        x = norm_1(x)
        x = x + attend(x)
        x = norm_2(x)
        return x + transform(x)
    x = norm_1(x + attend(x))
    return norm_2(x + transform(x))
