"""
loses: [stability]
hint:
  en: >-
    You take the exponential of the scores as they are, and from 89 on it is infinite in float32. Which number can
    you subtract from a slice without changing its softmax?
  fr: >-
    Vous prenez l'exponentielle des scores tels quels, or dès 89 elle est infinie en float32. Quel nombre peut-on
    retrancher à une tranche sans changer son softmax ?
"""


def softmax(x, dim=-1):
    exps = x.exp()
    total = exps.sum(dim=dim, keepdim=True)
    return exps / total.masked_fill(total == 0.0, 1.0)
