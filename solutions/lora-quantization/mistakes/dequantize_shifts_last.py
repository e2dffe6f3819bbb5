"""
loses: [return]
hint:
  en: >-
    You subtract the zero point after the scale: it counts integers, not floats.
  fr: >-
    Vous retranchez le point zéro après l'échelle : il compte des entiers, pas des flottants.
"""


def dequantize(q, scale, zero_point=0):
    return q.to(scale.dtype) * scale - zero_point
