"""
loses: [edges]
hint:
  en: >-
    For `n_heads = 0` the remainder itself fails, before you can refuse it: ZeroDivisionError. In which order do
    you check?
  fr: >-
    Pour `n_heads = 0`, c'est le calcul du reste qui échoue, avant que vous puissiez refuser :
    ZeroDivisionError. Dans quel ordre vérifiez-vous ?
"""


def split_heads(x, n_heads):
    if x.shape[-1] % n_heads != 0 or n_heads < 1:
        raise ValueError("heads")
    return x.unflatten(-1, (n_heads, -1)).transpose(1, 2)
