"""
loses: [cosine]
hint:
  en: >-
    Asking for more documents than there are makes your function fail; it gives all there are.
  fr: >-
    En demander plus qu'il n'y a de documents fait échouer votre fonction ; elle doit donner tout ce qu'il y
    a.
"""


def cosine_topk(query, docs, k):
    norms = docs.norm(dim=1) * query.norm()
    scores = torch.where(norms > 0, docs @ query / norms, 0)
    if k > len(scores):
        raise ValueError("k is larger than the number of documents")
    order = scores.argsort(descending=True, stable=True)[:k]
    return order, scores[order]
