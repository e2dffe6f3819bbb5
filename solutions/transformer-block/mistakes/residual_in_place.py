r"""
loses: [post-norm, pre-norm]
hint:
  en: 'You add the sublayers into the tensor you were given: the caller''s x is changed. Each sum belongs in a new tensor.'
  fr: 'Vous ajoutez les sous-couches dans le tenseur reçu : le x de l''appelant est modifié. Chaque somme doit aller dans un nouveau tenseur.'
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
        x += attend(norm_1(x))
        x += transform(norm_2(x))
        return x
    x += attend(x)
    x = norm_1(x)
    x += transform(x)
    return norm_2(x)
