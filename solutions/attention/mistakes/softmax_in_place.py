"""
loses: [invariants]
hint:
  en: >-
    Your softmax subtracts the maximum inside the tensor it received, so the caller's scores change. Which
    operators of yours write into `x`?
  fr: >-
    Votre softmax retranche le maximum dans le tenseur reçu, et les scores de l'appelant changent. Lesquels de vos
    opérateurs écrivent dans `x` ?
"""

import math


def softmax(x, dim=-1):
    largest = x.amax(dim=dim, keepdim=True)
    x -= largest.masked_fill(largest == -math.inf, 0.0)
    exps = x.exp()
    total = exps.sum(dim=dim, keepdim=True)
    return exps / total.masked_fill(total == 0.0, 1.0)
