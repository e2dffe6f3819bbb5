"""
loses: [merge-heads]
hint:
  en: >-
    You interleave the columns of the heads: first column of each head, then second column of each. The slices
    stand side by side, whole.
  fr: >-
    Vous entrelacez les colonnes des têtes : la première de chaque tête, puis la deuxième de chaque. Les
    tranches se mettent côte à côte, entières.
"""


def merge_heads(x):
    return x.permute(0, 2, 3, 1).flatten(2)
