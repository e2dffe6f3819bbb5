"""
loses: [split-heads]
hint:
  en: >-
    You ask for the shape `[B, H, T, d/H]` straight away: head 0 then holds whole tokens, cut into lines,
    instead of some columns of every token. Which step really moves numbers?
  fr: >-
    Vous demandez d'emblée la forme `[B, H, T, d/H]` : la tête 0 contient alors des tokens entiers, coupés en
    lignes, et non quelques colonnes de chaque token. Quelle étape déplace vraiment les nombres ?
"""


def split_heads(x, n_heads):
    B, T, d = x.shape
    if n_heads < 1 or d % n_heads:
        raise ValueError("heads")
    return x.reshape(B, n_heads, T, d // n_heads)
