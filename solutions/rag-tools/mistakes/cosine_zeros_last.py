"""
loses: [cosine]
hint:
  en: >-
    You rank vectors of zeros behind all others. With a cosine of 0 they come before those with a negative
    one.
  fr: >-
    Vous classez les vecteurs nuls derrière tous les autres. Avec un cosinus de 0, ils passent avant ceux dont
    le cosinus est négatif.
"""


def cosine_topk(query, docs, k):
    norms = docs.norm(dim=1) * query.norm()
    scores = torch.where(norms > 0, docs @ query / norms, -1)
    order = scores.argsort(descending=True, stable=True)[:k]
    return order, torch.where(norms > 0, scores, 0)[order]
