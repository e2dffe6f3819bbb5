"""
loses: [split-heads]
hint:
  en: >-
    You make heads of width `n_heads`. `n_heads` is how many there are; how wide is each?
  fr: >-
    Vous faites des têtes de largeur `n_heads`. `n_heads` est leur nombre ; quelle est la largeur de chacune ?
"""


def split_heads(x, n_heads):
    B, T, d = x.shape
    if n_heads < 1 or d % n_heads:
        raise ValueError("heads")
    return x.reshape(B, T, d // n_heads, n_heads).transpose(1, 2)
