r"""
loses: [layer-norm-edges]
hint:
  en: 'You add eps to the standard deviation, after the root. It belongs to the variance, before the root: for small values the two are far apart, and the root of 0 has no finite slope.'
  fr: 'Vous ajoutez eps à l''écart-type, après la racine. Il s''ajoute à la variance, avant la racine : pour de petites valeurs l''écart est grand, et la racine de 0 n''a pas de pente finie.'
"""


def layer_norm(x, gamma, beta, eps=1e-5):
    centred = x - x.mean(-1, keepdim=True)
    return gamma * centred / (centred.square().mean(-1, keepdim=True).sqrt() + eps) + beta
