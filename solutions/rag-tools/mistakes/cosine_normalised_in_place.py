"""
loses: [cosine]
hint:
  en: >-
    You divide the caller's tensor itself (`/=`): after the call, docs is another tensor.
  fr: >-
    Vous divisez le tenseur même de l'appelant (`/=`) : après l'appel, docs n'est plus le même.
"""


def cosine_topk(query, docs, k):
    sizes = docs.norm(dim=1, keepdim=True)
    docs /= torch.where(sizes > 0, sizes, 1)
    scores = docs @ query / (query.norm() or 1)
    order = scores.argsort(descending=True, stable=True)[:k]
    return order, scores[order]
