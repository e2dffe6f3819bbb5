"""
loses: [cosine]
hint:
  en: >-
    Your scores are dot products: a long vector wins by its length. The cosine divides by both norms.
  fr: >-
    Vos scores sont des produits scalaires : un long vecteur gagne par sa longueur. Le cosinus divise par les
    deux normes.
"""


def cosine_topk(query, docs, k):
    scores = docs @ query
    order = scores.argsort(descending=True, stable=True)[:k]
    return order, scores[order]
