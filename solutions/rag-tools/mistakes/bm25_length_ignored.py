"""
loses: [bm25]
hint:
  en: >-
    The length of a document has no influence on your scores. What is $b$ for?
  fr: >-
    La longueur d'un document n'a aucun effet sur vos scores. À quoi sert $b$ ?
"""


def bm25(query, docs, k1=1.2, b=0.75):
    counts = [Counter(doc) for doc in docs]
    scores = [0.0] * len(docs)
    for term in query:
        holders = [i for i, count in enumerate(counts) if term in count]
        idf = math.log(1 + (len(docs) - len(holders) + 0.5) / (len(holders) + 0.5))
        for i in holders:
            scores[i] += idf * counts[i][term] / (counts[i][term] + k1)
    return scores
