"""
loses: [stability]
hint:
  en: >-
    A slice of nothing but -inf gives NaN in your softmax: the infinite maximum is subtracted from itself, and
    then 0 is divided by 0.
  fr: >-
    Une tranche où tout vaut -inf donne NaN dans votre softmax : le maximum infini est retranché à lui-même, puis
    0 est divisé par 0.
"""


def softmax(x, dim=-1):
    exps = (x - x.amax(dim=dim, keepdim=True)).exp()
    return exps / exps.sum(dim=dim, keepdim=True)
