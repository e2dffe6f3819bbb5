"""
loses: [return]
hint:
  en: >-
    You forget the zero point.
  fr: >-
    Vous oubliez le point zéro.
"""


def dequantize(q, scale, zero_point=0):
    return q.to(scale.dtype) * scale
