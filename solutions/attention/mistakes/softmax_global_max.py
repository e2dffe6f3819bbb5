"""
loses: [stability]
hint:
  en: >-
    You subtract one maximum for the whole tensor: in a slice far below it, every exponential becomes 0. Each
    slice has a maximum of its own.
  fr: >-
    Vous retranchez un seul maximum pour tout le tenseur : dans une tranche bien plus basse, toutes les
    exponentielles tombent à 0. Chaque tranche a son propre maximum.
"""


def softmax(x, dim=-1):
    exps = (x - x.max().item()).exp()
    return exps / exps.sum(dim=dim, keepdim=True)
