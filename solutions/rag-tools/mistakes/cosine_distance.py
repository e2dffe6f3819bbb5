"""
loses: [cosine]
hint:
  en: >-
    You rank by the distance between the vectors: two that point the same way and differ in length are far
    apart for you.
  fr: >-
    Vous classez par la distance entre les vecteurs : deux vecteurs de même direction et de longueurs
    différentes sont éloignés chez vous.
"""


def cosine_topk(query, docs, k):
    norms = docs.norm(dim=1) * query.norm()
    scores = torch.where(norms > 0, docs @ query / norms, 0)
    order = (docs - query).norm(dim=1).argsort(stable=True)[:k]
    return order, scores[order]
