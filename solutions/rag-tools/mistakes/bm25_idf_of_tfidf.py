r"""
loses: [bm25]
hint:
  en: >-
    Your idf is the one of tf-idf, $\ln(N / n_t)$: 0 for a word that stands in every document.
  fr: >-
    Votre idf est celui de tf-idf, $\ln(N / n_t)$ : nul pour un mot présent dans tous les documents.
"""


def bm25(query, docs, k1=1.2, b=0.75):
    counts = [Counter(doc) for doc in docs]
    total = sum(map(len, docs))
    scores = [0.0] * len(docs)
    for term in query:
        holders = [i for i, count in enumerate(counts) if term in count]
        idf = math.log(len(docs) / max(1, len(holders)))
        for i in holders:
            length = len(docs[i]) * len(docs) / total
            scores[i] += idf * counts[i][term] / (counts[i][term] + k1 * (1 - b + b * length))
    return scores
