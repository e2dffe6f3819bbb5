r"""
loses: [post-norm, pre-norm]
hint:
  en: 'You send the attention''s output straight into the feed-forward network and add x only then. Each sublayer has its own residual connection.'
  fr: 'Vous envoyez la sortie de l''attention directement dans le réseau feed-forward, et n''ajoutez x qu''ensuite. Chaque sous-couche a sa propre connexion résiduelle.'
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
        return x + transform(norm_2(attend(norm_1(x))))
    return norm_2(x + transform(norm_1(attend(x))))
