r"""
loses: [post-norm, pre-norm]
hint:
  en: 'Your layer adds nothing: the input of a sublayer is lost once it has passed.'
  fr: 'Votre couche n''additionne rien : l''entrée d''une sous-couche est perdue une fois passée.'
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
        return transform(norm_2(attend(norm_1(x))))
    return norm_2(transform(norm_1(attend(x))))
