"""
loses: [bm25]
hint:
  en: >-
    You leave empty documents out of the mean length. They count like any other, with length 0.
  fr: >-
    Vous laissez les documents vides hors de la longueur moyenne. Ils comptent comme les autres, avec une
    longueur de 0.
"""


def bm25(query, docs, k1=1.2, b=0.75):
    counts = [Counter(doc) for doc in docs]
    total = sum(map(len, docs))
    scores = [0.0] * len(docs)
    for term in query:
        holders = [i for i, count in enumerate(counts) if term in count]
        idf = math.log(1 + (len(docs) - len(holders) + 0.5) / (len(holders) + 0.5))
        for i in holders:
            length = len(docs[i]) * sum(1 for doc in docs if doc) / total
            scores[i] += idf * counts[i][term] / (counts[i][term] + k1 * (1 - b + b * length))
    return scores
