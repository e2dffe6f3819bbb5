"""
loses: [bytes]
hint:
  en: Training on bytes crashes when a single id is left. What is the most frequent pair then? Stop before you look for it.
  fr: L'apprentissage sur les octets plante quand il ne reste qu'un identifiant. Quelle est alors la paire la plus fréquente ? Arrêtez-vous avant de la chercher.
"""


def train_bytes(text, n_merges):
    ids = list(text.encode("utf-8"))
    merges = []
    for new in range(BYTES, BYTES + n_merges):
        counts = pair_counts({tuple(ids): 1})
        best = min(counts, key=lambda pair: (-counts[pair], pair))
        ids = merge_pair(ids, best, new)
        merges.append(best)
    return merges
