r"""
loses: [layer-norm, layer-norm-edges]
hint:
  en: 'You add beta before you multiply by gamma, so that the shift is scaled too.'
  fr: 'Vous ajoutez beta avant de multiplier par gamma : le décalage est alors lui aussi mis à l''échelle.'
"""


def layer_norm(x, gamma, beta, eps=1e-5):
    centred = x - x.mean(-1, keepdim=True)
    return gamma * (centred / (centred.square().mean(-1, keepdim=True) + eps).sqrt() + beta)
