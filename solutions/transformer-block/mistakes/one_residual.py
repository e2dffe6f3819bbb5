r"""
loses: [post-norm, pre-norm]
hint:
  en: 'Only the attention has a residual connection in your layer; the feed-forward network has one too.'
  fr: 'Dans votre couche, seule l''attention a une connexion résiduelle ; le réseau feed-forward en a une aussi.'
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
        return transform(norm_2(x + attend(norm_1(x))))
    return norm_2(transform(norm_1(x + attend(x))))
