"""
loses: [merge-heads]
hint:
  en: >-
    You melt the dimensions without first bringing the heads next to their columns: the row of a token then
    holds columns of other tokens.
  fr: >-
    Vous fondez les dimensions sans avoir d'abord ramené les têtes à côté de leurs colonnes : la ligne d'un
    token contient alors des colonnes d'autres tokens.
"""


def merge_heads(x):
    B, H, T, size = x.shape
    return x.reshape(B, T, H * size)
