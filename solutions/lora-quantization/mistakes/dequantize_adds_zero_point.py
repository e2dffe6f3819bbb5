"""
loses: [return]
hint:
  en: >-
    You add the zero point: it was added already, when the integers were made.
  fr: >-
    Vous ajoutez le point zéro : il l'a déjà été, quand les entiers ont été faits.
"""


def dequantize(q, scale, zero_point=0):
    return (q.to(scale.dtype) + zero_point) * scale
