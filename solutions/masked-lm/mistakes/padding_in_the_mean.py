"""
loses: [pooling]
hint:
  en: >-
    Your mean takes the padding in: a text's vector then depends on how long its neighbours are.
  fr: >-
    Votre moyenne compte le remplissage : le vecteur d'un texte dépend alors de la longueur de ses
    voisins.
"""


def masked_mean_pool(hidden, mask):
    return hidden.mean(dim=1)
