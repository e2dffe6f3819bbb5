"""
loses: [pooling]
hint:
  en: >-
    Padding counts in your mean: you divide by the length of the row, not by its number of words.
  fr: >-
    Le remplissage compte dans votre moyenne : vous divisez par la longueur de la ligne, et non par son nombre de
    mots.
"""


def mean_weights(mask):
    return mask.float() / mask.shape[1]
