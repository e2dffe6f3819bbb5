"""
loses: [cosine]
hint:
  en: >-
    Your first row is the one that is least like the query.
  fr: >-
    Votre première ligne est celle qui ressemble le moins à la requête.
"""


def cosine_topk(query, docs, k):
    norms = docs.norm(dim=1) * query.norm()
    scores = torch.where(norms > 0, docs @ query / norms, 0)
    order = scores.argsort(stable=True)[:k]
    return order, scores[order]
