r"""
loses: [layer-norm, layer-norm-edges]
hint:
  en: 'Your result is normalised, but gamma and beta, the scale and the shift that the model learns, leave no trace in it.'
  fr: 'Votre résultat est normalisé, mais gamma et beta, l''échelle et le décalage que le modèle apprend, n''y laissent aucune trace.'
"""


def layer_norm(x, gamma, beta, eps=1e-5):
    centred = x - x.mean(-1, keepdim=True)
    return centred / (centred.square().mean(-1, keepdim=True) + eps).sqrt()
