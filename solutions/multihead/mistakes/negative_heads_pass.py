"""
loses: [edges]
hint:
  en: >-
    6 divided by -2 leaves no remainder, yet there is no such thing as -2 heads.
  fr: >-
    6 divisé par -2 ne laisse pas de reste, mais -2 têtes, cela n'existe pas.
"""


def split_heads(x, n_heads):
    if n_heads == 0 or x.shape[-1] % n_heads != 0:
        raise ValueError("heads")
    return x.unflatten(-1, (abs(n_heads), -1)).transpose(1, 2)
