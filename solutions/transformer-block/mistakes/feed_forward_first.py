r"""
loses: [post-norm, pre-norm]
hint:
  en: 'Your feed-forward network comes before the attention. The attention is the first sublayer.'
  fr: 'Votre réseau feed-forward vient avant l''attention. L''attention est la première sous-couche.'
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
        x = x + transform(norm_2(x))
        return x + attend(norm_1(x))
    x = norm_2(x + transform(x))
    return norm_1(x + attend(x))
