r"""
loses: [layer-norm-edges]
hint:
  en: 'Nothing protects your division: a token whose values are all equal has variance 0. That is what eps is for.'
  fr: 'Rien ne protège votre division : un token dont toutes les valeurs sont égales a une variance nulle. C''est le rôle d''eps.'
"""


def layer_norm(x, gamma, beta, eps=1e-5):
    centred = x - x.mean(-1, keepdim=True)
    return gamma * centred / centred.square().mean(-1, keepdim=True).sqrt() + beta
