r"""
loses: [layer-norm-edges]
hint:
  en: 'You compute the variance as the mean of the squares minus the square of the mean. In float32 two large, nearly equal numbers then cancel each other.'
  fr: 'Vous calculez la variance comme la moyenne des carrés moins le carré de la moyenne. En float32, deux grands nombres presque égaux s''y annulent.'
"""


def layer_norm(x, gamma, beta, eps=1e-5):
    mean = x.mean(-1, keepdim=True)
    variance = (x.square().mean(-1, keepdim=True) - mean.square()).clamp(min=0)
    return gamma * (x - mean) / (variance + eps).sqrt() + beta
