"""
loses: [edges]
hint:
  en: >-
    You let torch complain about the shape: its error is a RuntimeError in words that say nothing about heads.
    Check first, and raise the error that is asked for.
  fr: >-
    Vous laissez torch se plaindre de la forme : son erreur est une RuntimeError qui ne dit rien des têtes.
    Vérifiez d'abord, et levez l'erreur demandée.
"""


def split_heads(x, n_heads):
    return x.unflatten(-1, (n_heads, x.shape[-1] // n_heads)).transpose(1, 2)
