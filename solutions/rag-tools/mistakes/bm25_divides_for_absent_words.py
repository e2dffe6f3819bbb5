"""
loses: [bm25]
hint:
  en: >-
    Your fraction is also computed for words that a document does not hold. With $k_1 = 0$, or for an empty
    document with $b = 1$, that is $0/0$.
  fr: >-
    Vous calculez la fraction même pour des mots absents du document. Avec $k_1 = 0$, ou pour un document vide
    avec $b = 1$, cela fait $0/0$.
"""


def bm25(query, docs, k1=1.2, b=0.75):
    counts = [Counter(doc) for doc in docs]
    total = sum(map(len, docs))
    scores = [0.0] * len(docs)
    for term in query:
        holders = [i for i, count in enumerate(counts) if term in count]
        idf = math.log(1 + (len(docs) - len(holders) + 0.5) / (len(holders) + 0.5))
        for i in range(len(docs)):
            length = len(docs[i]) * len(docs) / max(1, total)
            scores[i] += idf * counts[i][term] / (counts[i][term] + k1 * (1 - b + b * length))
    return scores
