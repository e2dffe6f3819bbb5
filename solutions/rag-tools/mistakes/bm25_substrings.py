"""
loses: [bm25]
hint:
  en: >-
    You look for the word inside the joined text, so that `fox` is found in `foxes`. Words are compared whole.
  fr: >-
    Vous cherchez le mot dans le texte recollé, si bien que `fox` se trouve dans `foxes`. Les mots se
    comparent en entier.
"""


def bm25(query, docs, k1=1.2, b=0.75):
    counts = [{term: " ".join(doc).count(term) for term in query if term in " ".join(doc)} for doc in docs]
    total = sum(map(len, docs))
    scores = [0.0] * len(docs)
    for term in query:
        holders = [i for i, count in enumerate(counts) if term in count]
        idf = math.log(1 + (len(docs) - len(holders) + 0.5) / (len(holders) + 0.5))
        for i in holders:
            length = len(docs[i]) * len(docs) / total
            scores[i] += idf * counts[i][term] / (counts[i][term] + k1 * (1 - b + b * length))
    return scores
