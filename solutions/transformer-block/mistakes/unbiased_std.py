r"""
loses: [layer-norm]
hint:
  en: 'Your variance divides by d - 1: that is torch''s default, an estimate from a sample. Layer normalisation divides by d.'
  fr: 'Votre variance se divise par d - 1 : c''est le choix par défaut de torch, une estimation sur échantillon. La normalisation de couche divise par d.'
"""


def layer_norm(x, gamma, beta, eps=1e-5):
    return gamma * (x - x.mean(-1, keepdim=True)) / (x.var(-1, keepdim=True) + eps).sqrt() + beta
