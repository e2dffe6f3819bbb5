"""
loses: [edges]
hint:
  en: >-
    When the heads do not divide the width, you drop the columns that are left over, silently. The task asks for
    an error.
  fr: >-
    Quand les têtes ne divisent pas la largeur, vous laissez tomber sans rien dire les colonnes en trop.
    L'énoncé demande une erreur.
"""


def split_heads(x, n_heads):
    if n_heads < 1:
        raise ValueError("heads")
    size = x.shape[-1] // n_heads
    return x[:, :, : n_heads * size].unflatten(-1, (n_heads, size)).transpose(1, 2)
