"""
loses: [merge-heads, invariants]
hint:
  en: >-
    You average the heads into one, and the result is as narrow as a single head. Nothing is averaged here: the
    slices stand side by side, and W_o does the mixing.
  fr: >-
    Vous faites la moyenne des têtes, et le résultat n'a que la largeur d'une seule. Ici on ne moyenne rien :
    les tranches se mettent côte à côte, et c'est W_o qui mélange.
"""


def merge_heads(x):
    return x.mean(dim=1)
