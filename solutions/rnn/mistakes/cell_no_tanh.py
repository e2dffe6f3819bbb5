"""
loses: [cell]
hint:
  en: >-
    Your new state is the bare sum. What keeps it between -1 and 1, however long the text?
  fr: >-
    Votre nouvel état est la somme nue. Qu'est-ce qui le garde entre -1 et 1, si long que soit le texte ?
"""


def rnn_cell(x_t, h, W, U, b):
    return x_t @ W + h @ U + b
