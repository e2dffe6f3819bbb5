r"""
loses: [pre-norm]
hint:
  en: 'Your pre-norm layer normalises once more at its end. The last normalisation of a pre-norm model comes after the whole stack, not in each layer.'
  fr: 'Votre couche pre-norm normalise une fois de plus à la fin. La dernière normalisation d''un modèle pre-norm vient après toute la pile, et non dans chaque couche.'
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
        return norm_2(x + transform(norm_2(x)))
    x = norm_1(x + attend(x))
    return norm_2(x + transform(x))
