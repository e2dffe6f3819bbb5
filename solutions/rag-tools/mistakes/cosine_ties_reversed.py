"""
loses: [cosine]
hint:
  en: >-
    You sort upwards and turn the result round: that puts equal scores into falling order of their row
    numbers.
  fr: >-
    Vous triez en ordre croissant puis retournez le résultat : les scores égaux se retrouvent par numéros de
    lignes décroissants.
"""


def cosine_topk(query, docs, k):
    norms = docs.norm(dim=1) * query.norm()
    scores = torch.where(norms > 0, docs @ query / norms, 0)
    order = scores.argsort(stable=True).flip(0)[:k]
    return order, scores[order]
