"""
loses: [return]
hint:
  en: >-
    You divide by the scale, as on the way there.
  fr: >-
    Vous divisez par l'échelle, comme à l'aller.
"""


def dequantize(q, scale, zero_point=0):
    return (q.to(scale.dtype) - zero_point) / scale
