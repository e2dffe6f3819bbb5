r"""
loses: [layer-norm, layer-norm-edges]
hint:
  en: 'You divide by the size of the values without subtracting their mean. That is RMSNorm, which Llama uses; layer normalisation centres first.'
  fr: 'Vous divisez par la taille des valeurs sans retrancher leur moyenne. C''est RMSNorm, qu''utilise Llama ; la normalisation de couche centre d''abord.'
"""


def layer_norm(x, gamma, beta, eps=1e-5):
    return gamma * x / (x.square().mean(-1, keepdim=True) + eps).sqrt() + beta
