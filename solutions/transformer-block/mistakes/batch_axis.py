r"""
loses: [layer-norm, layer-norm-edges]
hint:
  en: 'You take mean and variance over the batch, as batch normalisation does: a token''s result then depends on its neighbours. Each token is normalised over its own features.'
  fr: 'Vous prenez moyenne et variance sur le batch, comme la normalisation par batch : le résultat d''un token dépend alors de ses voisins. Chaque token se normalise sur ses propres composantes.'
"""


def layer_norm(x, gamma, beta, eps=1e-5):
    centred = x - x.mean(0, keepdim=True)
    return gamma * centred / (centred.square().mean(0, keepdim=True) + eps).sqrt() + beta
