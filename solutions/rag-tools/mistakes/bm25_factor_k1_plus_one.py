"""
loses: [bm25]
hint:
  en: >-
    You multiply by $k_1 + 1$, as the older form does. The ranking is the same, the scores are not those of
    this variant.
  fr: >-
    Vous multipliez par $k_1 + 1$, comme la forme ancienne. Le classement est le même, les scores ne sont pas
    ceux de cette variante.
"""


def bm25(query, docs, k1=1.2, b=0.75):
    counts = [Counter(doc) for doc in docs]
    total = sum(map(len, docs))
    scores = [0.0] * len(docs)
    for term in query:
        holders = [i for i, count in enumerate(counts) if term in count]
        idf = math.log(1 + (len(docs) - len(holders) + 0.5) / (len(holders) + 0.5))
        for i in holders:
            length = len(docs[i]) * len(docs) / total
            scores[i] += idf * counts[i][term] * (k1 + 1) / (counts[i][term] + k1 * (1 - b + b * length))
    return scores
