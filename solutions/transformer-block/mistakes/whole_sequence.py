r"""
loses: [layer-norm, layer-norm-edges]
hint:
  en: 'You take one mean and one variance for all the tokens of a sequence together. Each token has its own.'
  fr: 'Vous prenez une seule moyenne et une seule variance pour tous les tokens d''une séquence. Chaque token a les siennes.'
"""


def layer_norm(x, gamma, beta, eps=1e-5):
    axes = (-2, -1) if x.dim() > 1 else (-1,)
    centred = x - x.mean(axes, keepdim=True)
    return gamma * centred / (centred.square().mean(axes, keepdim=True) + eps).sqrt() + beta
