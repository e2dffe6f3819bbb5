"""
loses: [invariants]
hint:
  en: >-
    Your softmax divides the exponentials in place. Autograd still needs them as they were: the slope of exp is
    exp itself.
  fr: >-
    Votre softmax divise les exponentielles sur place. Autograd en a encore besoin telles qu'elles étaient : la
    pente de exp est exp elle-même.
"""

import math


def softmax(x, dim=-1):
    largest = x.amax(dim=dim, keepdim=True)
    exps = (x - largest.masked_fill(largest == -math.inf, 0.0)).exp()
    total = exps.sum(dim=dim, keepdim=True)
    exps /= total.masked_fill(total == 0.0, 1.0)
    return exps
