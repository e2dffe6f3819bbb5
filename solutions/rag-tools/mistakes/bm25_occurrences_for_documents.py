"""
loses: [bm25]
hint:
  en: >-
    For $n_t$ you count occurrences; it is the number of *documents* that hold the word, however often.
  fr: >-
    Pour $n_t$ vous comptez les occurrences ; c'est le nombre de *documents* qui contiennent le mot, peu
    importe combien de fois.
"""


def bm25(query, docs, k1=1.2, b=0.75):
    counts = [Counter(doc) for doc in docs]
    total = sum(map(len, docs))
    scores = [0.0] * len(docs)
    for term in query:
        holders = [i for i, count in enumerate(counts) if term in count]
        idf = math.log(
            1 + max(0, len(docs) - sum(c[term] for c in counts) + 0.5) / (sum(c[term] for c in counts) + 0.5)
        )
        for i in holders:
            length = len(docs[i]) * len(docs) / total
            scores[i] += idf * counts[i][term] / (counts[i][term] + k1 * (1 - b + b * length))
    return scores
