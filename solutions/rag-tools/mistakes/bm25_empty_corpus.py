"""
loses: [bm25]
hint:
  en: >-
    Without documents, or with nothing but empty ones, your mean length is a division by zero.
  fr: >-
    Sans documents, ou avec rien que des documents vides, votre longueur moyenne est une division par zéro.
"""


def bm25(query, docs, k1=1.2, b=0.75):
    counts = [Counter(doc) for doc in docs]
    total = sum(map(len, docs)) / len(docs)
    scores = [0.0] * len(docs)
    for term in query:
        holders = [i for i, count in enumerate(counts) if term in count]
        idf = math.log(1 + (len(docs) - len(holders) + 0.5) / (len(holders) + 0.5))
        for i in holders:
            length = len(docs[i]) / total
            scores[i] += idf * counts[i][term] / (counts[i][term] + k1 * (1 - b + b * length))
    return scores
