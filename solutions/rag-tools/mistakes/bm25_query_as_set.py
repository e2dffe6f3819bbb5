"""
loses: [bm25]
hint:
  en: >-
    You look at each different word of the query once. Who says a word twice means it twice: repetitions
    count.
  fr: >-
    Vous regardez une seule fois chaque mot différent de la requête. Qui dit un mot deux fois y tient deux
    fois : les répétitions comptent.
"""


def bm25(query, docs, k1=1.2, b=0.75):
    counts = [Counter(doc) for doc in docs]
    total = sum(map(len, docs))
    scores = [0.0] * len(docs)
    for term in sorted(set(query)):
        holders = [i for i, count in enumerate(counts) if term in count]
        idf = math.log(1 + (len(docs) - len(holders) + 0.5) / (len(holders) + 0.5))
        for i in holders:
            length = len(docs[i]) * len(docs) / total
            scores[i] += idf * counts[i][term] / (counts[i][term] + k1 * (1 - b + b * length))
    return scores
