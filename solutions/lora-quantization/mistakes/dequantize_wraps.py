"""
loses: [return]
hint:
  en: >-
    You subtract in bytes, where 3 - 5 is 254.
  fr: >-
    Vous soustrayez des octets, où 3 - 5 vaut 254.
"""


def dequantize(q, scale, zero_point=0):
    return (q - zero_point).to(scale.dtype) * scale
