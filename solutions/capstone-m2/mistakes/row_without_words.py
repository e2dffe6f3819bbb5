"""
loses: [pooling]
hint:
  en: >-
    A row without words divides by 0: what should stand in the denominator there?
  fr: >-
    Une ligne sans mot divise par 0 : que doit-il y avoir alors au dénominateur ?
"""


def mean_weights(mask):
    return mask.float() / mask.sum(1, keepdim=True)
