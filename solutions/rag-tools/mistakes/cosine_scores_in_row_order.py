"""
loses: [cosine]
hint:
  en: >-
    Your scores stand in the order of the rows; each one belongs beside its index.
  fr: >-
    Vos scores sont dans l'ordre des lignes ; chacun doit être en face de son indice.
"""


def cosine_topk(query, docs, k):
    norms = docs.norm(dim=1) * query.norm()
    scores = torch.where(norms > 0, docs @ query / norms, 0)
    order = scores.argsort(descending=True, stable=True)[:k]
    return order, scores[:k]
