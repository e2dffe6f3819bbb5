r"""
loses: [positions]
hint:
  en: 'You add one encoding per sequence of the batch instead of one per token: all tokens of a sequence receive the same row.'
  fr: 'Vous ajoutez un encodage par séquence du batch au lieu d''un par token : tous les tokens d''une séquence reçoivent la même ligne.'
"""


def add_positions(x):
    B, T, d = x.shape
    return x + sinusoidal(B, d).unsqueeze(1)
