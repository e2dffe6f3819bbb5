"""
loses: [bm25]
hint:
  en: >-
    $b$ and $1 - b$ have changed places: with $b = 0$ you discount length fully, with $b = 1$ not at all.
  fr: >-
    $b$ et $1 - b$ ont échangé leurs places : avec $b = 0$ vous pénalisez pleinement la longueur, avec $b = 1$
    pas du tout.
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
            scores[i] += idf * counts[i][term] / (counts[i][term] + k1 * (b + (1 - b) * length))
    return scores
