"""
loses: [bm25]
hint:
  en: >-
    Your idf turns negative for a word that more than half the documents hold. Which variant does the text ask
    for, and what keeps its logarithm positive?
  fr: >-
    Votre idf devient négatif pour un mot que plus de la moitié des documents contiennent. Quelle variante
    l'énoncé demande-t-il, et qu'est-ce qui y garde le logarithme positif ?
"""


def bm25(query, docs, k1=1.2, b=0.75):
    counts = [Counter(doc) for doc in docs]
    total = sum(map(len, docs))
    scores = [0.0] * len(docs)
    for term in query:
        holders = [i for i, count in enumerate(counts) if term in count]
        idf = math.log((len(docs) - len(holders) + 0.5) / (len(holders) + 0.5))
        for i in holders:
            length = len(docs[i]) * len(docs) / total
            scores[i] += idf * counts[i][term] / (counts[i][term] + k1 * (1 - b + b * length))
    return scores
