"""
loses: [split-heads]
hint:
  en: >-
    Your head 0 takes every H-th column. When a dimension is cut in two, what changes slowly comes first: which
    head, then which of its columns.
  fr: >-
    Votre tête 0 prend une colonne toutes les H. Quand on coupe une dimension en deux, ce qui change lentement
    vient d'abord : quelle tête, puis laquelle de ses colonnes.
"""


def split_heads(x, n_heads):
    B, T, d = x.shape
    if n_heads < 1 or d % n_heads:
        raise ValueError("heads")
    return x.reshape(B, T, d // n_heads, n_heads).permute(0, 3, 1, 2)
