"""
loses: [bm25]
hint:
  en: >-
    Your default for $k_1$ is 1.5, as in several Python packages; the signature says 1.2.
  fr: >-
    Votre valeur par défaut de $k_1$ est 1,5, comme dans plusieurs paquets Python ; la signature dit 1,2.
"""


def bm25(query, docs, k1=1.5, b=0.75):
    counts = [Counter(doc) for doc in docs]
    total = sum(map(len, docs))
    scores = [0.0] * len(docs)
    for term in query:
        holders = [i for i, count in enumerate(counts) if term in count]
        idf = math.log(1 + (len(docs) - len(holders) + 0.5) / (len(holders) + 0.5))
        for i in holders:
            length = len(docs[i]) * len(docs) / total
            scores[i] += idf * counts[i][term] / (counts[i][term] + k1 * (1 - b + b * length))
    return scores
