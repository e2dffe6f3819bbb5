r"""
loses: [layer-norm-edges]
hint:
  en: 'Your function has its own constant under the root and does not look at the eps it is given.'
  fr: 'Votre fonction a sa propre constante sous la racine et ne regarde pas l''eps qu''on lui donne.'
"""


def layer_norm(x, gamma, beta, eps=1e-5):
    centred = x - x.mean(-1, keepdim=True)
    return gamma * centred / (centred.square().mean(-1, keepdim=True) + 1e-5).sqrt() + beta
