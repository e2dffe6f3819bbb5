"""
loses: [cosine]
hint:
  en: >-
    A vector of zeros gives you $0/0$, and NaN finds a place in the ranking. Its cosine is 0.
  fr: >-
    Un vecteur nul vous donne $0/0$, et NaN se trouve une place dans le classement. Son cosinus vaut 0.
"""


def cosine_topk(query, docs, k):
    scores = docs @ query / (docs.norm(dim=1) * query.norm())
    order = scores.argsort(descending=True, stable=True)[:k]
    return order, scores[order]
