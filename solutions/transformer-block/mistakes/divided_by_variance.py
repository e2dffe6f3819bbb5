r"""
loses: [layer-norm, layer-norm-edges]
hint:
  en: 'You divide by the variance. It is its root, the standard deviation, that has the unit of the values.'
  fr: 'Vous divisez par la variance. C''est sa racine, l''écart-type, qui a l''unité des valeurs.'
"""


def layer_norm(x, gamma, beta, eps=1e-5):
    centred = x - x.mean(-1, keepdim=True)
    return gamma * centred / (centred.square().mean(-1, keepdim=True) + eps) + beta
