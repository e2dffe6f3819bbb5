r"""
loses: [post-norm, pre-norm]
hint:
  en: 'You invert the mask before handing it to the attention. True means that a token may be attended to, here and in the attention alike.'
  fr: 'Vous inversez le masque avant de le transmettre à l''attention. True signifie qu''un token peut être regardé, ici comme dans l''attention.'
"""


def encoder_layer(x, weights, n_heads, mask=None, norm_first=False):
    w = weights

    def attend(h):
        return multi_head_attention(
            h, h, w["W_q"], w["W_k"], w["W_v"], w["W_o"], n_heads, None if mask is None else ~mask
        )

    def transform(h):
        return feed_forward(h, w["W_1"], w["b_1"], w["W_2"], w["b_2"])

    def norm_1(h):
        return layer_norm(h, w["gamma_1"], w["beta_1"])

    def norm_2(h):
        return layer_norm(h, w["gamma_2"], w["beta_2"])

    if norm_first:
        x = x + attend(norm_1(x))
        return x + transform(norm_2(x))
    x = norm_1(x + attend(x))
    return norm_2(x + transform(x))
