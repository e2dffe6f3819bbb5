r"""
loses: [post-norm, pre-norm]
hint:
  en: 'Both of your sublayers read the input of the layer, side by side, as in GPT-J. Here the second one reads the result of the first.'
  fr: 'Vos deux sous-couches lisent l''entrée de la couche, côte à côte, comme dans GPT-J. Ici, la seconde lit le résultat de la première.'
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
        return x + attend(norm_1(x)) + transform(norm_2(x))
    middle = norm_1(x + attend(x))
    return norm_2(middle + transform(x))
