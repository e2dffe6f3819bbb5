"""
loses: [return]
hint:
  en: >-
    Your result is always float32; it takes the dtype of the scale.
  fr: >-
    Votre résultat est toujours en float32 ; il prend le dtype de l'échelle.
"""


def dequantize(q, scale, zero_point=0):
    return ((q.to(scale.dtype) - zero_point) * scale).float()
