"""
loses: [ties]
hint:
  en: On bytes, among equals, you take the pair that comes first in the text. Compare the ids of the pairs instead.
  fr: Sur les octets, entre ex aequo, vous prenez la paire qui vient en premier dans le texte. Comparez plutôt les identifiants des paires.
"""


def train_bytes(text, n_merges):
    ids = list(text.encode("utf-8"))
    merges = []
    while len(merges) < n_merges and (counts := pair_counts({tuple(ids): 1})):
        best = max(counts, key=counts.get)
        ids = merge_pair(ids, best, BYTES + len(merges))
        merges.append(best)
    return merges
