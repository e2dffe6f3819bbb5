"""
loses: [cosine]
hint:
  en: >-
    You divide by the norms of the documents only. The order is right; the scores are not cosines.
  fr: >-
    Vous ne divisez que par les normes des documents. L'ordre est juste ; les scores ne sont pas des cosinus.
"""


def cosine_topk(query, docs, k):
    norms = docs.norm(dim=1)
    scores = torch.where(norms > 0, docs @ query / norms, 0)
    order = scores.argsort(descending=True, stable=True)[:k]
    return order, scores[order]
